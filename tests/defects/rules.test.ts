import { catchDefects } from "./catch.ts";

catchDefects("rules");
