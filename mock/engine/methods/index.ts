/** The methods the mock answers, one file each. */
import type { MethodName } from "../method-names.ts";
import type { Handler } from "../session.ts";
import { allowCreateApp } from "./allow-create-app.ts";
import { createApp } from "./create-app.ts";
import { createSessionObject } from "./create-session-object.ts";
import { deleteApp } from "./delete-app.ts";
import { destroySessionObject } from "./destroy-session-object.ts";
import { doReloadEx } from "./do-reload-ex.ts";
import { doReload } from "./do-reload.ts";
import { doSave } from "./do-save.ts";
import { engineVersion } from "./engine-version.ts";
import { exportReducedData } from "./export-reduced-data.ts";
import { evaluateEx } from "./evaluate-ex.ts";
import { evaluate } from "./evaluate.ts";
import { getActiveDoc } from "./get-active-doc.ts";
import { getAppLayout } from "./get-app-layout.ts";
import { getAppProperties } from "./get-app-properties.ts";
import { getAuthenticatedUser } from "./get-authenticated-user.ts";
import { getBaseBnfHash } from "./get-base-bnf-hash.ts";
import { getCardinal } from "./get-cardinal.ts";
import { getConfiguration } from "./get-configuration.ts";
import { getDocList } from "./get-doc-list.ts";
import { getFieldDescription } from "./get-field-description.ts";
import { getField } from "./get-field.ts";
import { getHyperCubeData } from "./get-hyper-cube-data.ts";
import { getLayout } from "./get-layout.ts";
import { getListObjectData } from "./get-list-object-data.ts";
import { getObject } from "./get-object.ts";
import { getProgress } from "./get-progress.ts";
import { getProperties } from "./get-properties.ts";
import { getScript } from "./get-script.ts";
import { getScriptEx } from "./get-script-ex.ts";
import { getTableData } from "./get-table-data.ts";
import { getTablesAndKeys } from "./get-tables-and-keys.ts";
import { isPersonalMode } from "./is-personal-mode.ts";
import { openDoc } from "./open-doc.ts";
import { osName } from "./os-name.ts";
import { productVersion } from "./product-version.ts";
import { publish } from "./publish.ts";
import { qtProduct } from "./qt-product.ts";
import { searchListObjectFor } from "./search-list-object-for.ts";
import { selectValues } from "./select-values.ts";
import { setScript } from "./set-script.ts";

const methods = {
  AllowCreateApp: allowCreateApp,
  CreateApp: createApp,
  CreateSessionObject: createSessionObject,
  DeleteApp: deleteApp,
  DestroySessionObject: destroySessionObject,
  DoReloadEx: doReloadEx,
  DoReload: doReload,
  DoSave: doSave,
  EngineVersion: engineVersion,
  ExportReducedData: exportReducedData,
  EvaluateEx: evaluateEx,
  Evaluate: evaluate,
  GetActiveDoc: getActiveDoc,
  GetAppLayout: getAppLayout,
  GetAppProperties: getAppProperties,
  GetAuthenticatedUser: getAuthenticatedUser,
  GetBaseBNFHash: getBaseBnfHash,
  GetCardinal: getCardinal,
  GetConfiguration: getConfiguration,
  GetDocList: getDocList,
  GetFieldDescription: getFieldDescription,
  GetField: getField,
  GetHyperCubeData: getHyperCubeData,
  GetLayout: getLayout,
  GetListObjectData: getListObjectData,
  GetObject: getObject,
  GetProgress: getProgress,
  GetProperties: getProperties,
  GetScript: getScript,
  GetScriptEx: getScriptEx,
  GetTableData: getTableData,
  GetTablesAndKeys: getTablesAndKeys,
  IsPersonalMode: isPersonalMode,
  OpenDoc: openDoc,
  OSName: osName,
  ProductVersion: productVersion,
  Publish: publish,
  QTProduct: qtProduct,
  SearchListObjectFor: searchListObjectFor,
  SelectValues: selectValues,
  SetScript: setScript,
} satisfies Partial<Record<MethodName, Handler>>;

/** The handler of a method; undefined for one the mock does not know. */
export const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>(Object.entries(methods));
