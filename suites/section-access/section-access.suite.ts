import { defineArea } from "../fixtures.ts";

defineArea("section-access");
