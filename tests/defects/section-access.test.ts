import { catchDefects } from "./catch.ts";

catchDefects("section-access");
