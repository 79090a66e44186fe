import { catchDefects } from "./catch.ts";

catchDefects("impersonation");
