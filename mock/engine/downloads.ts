/** Exports waiting to be fetched by those who made them, and their content read back. */
import { randomUUID } from "node:crypto";
import type { ViewTable } from "../../contract/types.ts";
import type { LoadedApp } from "../../reload/model.ts";
import type { Identity } from "../identity.ts";

export interface Downloads {
  /** Keeps an app of these tables, without script and section access; gives the name to fetch it by. */
  put(who: Identity, tables: readonly ViewTable[]): { readonly name: string; readonly size: number };
  take(who: Identity, name: string): string | undefined;
}

function accountOf({ directory, id }: Identity): string {
  return `${directory}\\${id}`.toUpperCase();
}

export function createDownloads(): Downloads {
  const kept = new Map<string, { readonly of: string; readonly content: string }>();
  return {
    put: (who, tables) => {
      const name = `${randomUUID()}.qvf`;
      const content = JSON.stringify({ tables });
      kept.set(name, { of: accountOf(who), content });
      return { name, size: content.length };
    },
    take: (who, name) => {
      const found = kept.get(name);
      return found?.of === accountOf(who) ? found.content : undefined;
    },
  };
}

function isExport(value: unknown): value is { readonly tables: readonly ViewTable[] } {
  return typeof value === "object" && value !== null && "tables" in value && Array.isArray(value.tables);
}

/** The app an export holds; undefined for content that is none. */
export function loadedFrom(content: string): LoadedApp | undefined {
  const value: unknown = parsed(content);
  if (!isExport(value)) return undefined;
  return { app: value.tables.map((table) => ({ ...table, loosened: false })) };
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
