import { defineArea } from "../fixtures.ts";

defineArea("impersonation");
