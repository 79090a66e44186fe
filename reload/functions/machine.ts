/** What a script asks of the machine it runs on: fixed answers, so that a script loads the same everywhere. */
import { fixed, type ScriptFunctions } from "./signature.ts";

export const machineFunctions: ScriptFunctions = {
  /** The service account reload tasks run as. */
  osuser: fixed(0, () => "UserDirectory=INTERNAL; UserId=sa_scheduler"),
  computername: fixed(0, () => "localhost"),
  documentname: fixed(0, () => "app"),
  documenttitle: fixed(0, () => "app"),
  documentpath: fixed(0, () => "app"),
  ispartialreload: fixed(0, () => 0),
};
