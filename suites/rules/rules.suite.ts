import { defineArea } from "../fixtures.ts";

defineArea("rules");
