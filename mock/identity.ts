/** Who a request comes from, once the proxy has let it in. */
export interface Identity {
  readonly directory: string;
  readonly id: string;
  readonly anonymous: boolean;
  /** Session attributes by name (`user.environment.<name>`), values in token order. */
  readonly session: { readonly [name: string]: readonly string[] };
  /** Key of the proxy session; engine sessions belong to it. */
  readonly sessionId: string;
}
