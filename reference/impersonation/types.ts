/** What the oracle answers about a credential at a set of virtual proxies. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Credential, Principal, Reason, Site } from "../../contract/types.ts";

export type Admission =
  | { readonly admitted: true; readonly principal: Principal; readonly because: readonly Reason[] }
  | {
      readonly admitted: false;
      readonly code: number;
      /** Other codes a conforming proxy may answer with. */
      readonly alsoAcceptable: readonly number[];
      readonly because: readonly Reason[];
    };

/** `admit(site, prefix, credential, dialect)` in `spec.ts`. The site holds VirtualProxyConfig, ProxyService and User. */
export type Admit = (site: Site, prefix: string, credential: Credential, dialect: Dialect) => Admission;

/** Whose rows a datasource's question shows: the named user's, or the default user's when nobody is named (S0). */
export type ResolveDatasource = (site: Site, datasource: string, user: Principal | undefined) => Credential;
