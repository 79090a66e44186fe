/** Imports a user's module; TypeScript through tsx, plain JavaScript as it is. */
export async function loadModule(url: string): Promise<unknown> {
  if (!/\.[cm]?ts$/.test(url)) return import(url);
  const { tsImport } = await import("tsx/esm/api");
  return tsImport(url, import.meta.url);
}
