/** Parsers of requirements, sites and principals. Nothing is stripped: an Entity keeps unknown fields. */
import { z } from "zod";
import type {
  Area,
  Basis,
  Datasource,
  Entity,
  Level,
  Principal,
  Requirement,
  RequirementId,
  Site,
  SiteApp,
  Source,
} from "./types.ts";
import { flag, json, mapOf, oneOf, text, texts } from "./shape.ts";
import type { Shape } from "./shape.ts";

export const areaParser: z.ZodType<Area> = oneOf<Area>({ "section-access": true, impersonation: true, rules: true });
export const levelParser: z.ZodType<Level> = oneOf<Level>({ core: true, staff: true, disputed: true });

const prefixes = ["SA", "LS", "IM", "SEC", "QR", "EN", "UD", "BR", "SR", "CL"] as const;
export const requirementIdParser: z.ZodType<RequirementId> = z
  .templateLiteral([z.enum(prefixes), "-", z.string().min(1)])
  .meta({ id: "RequirementId" });

const basisParser: z.ZodType<Basis> = oneOf<Basis>({
  documented: true,
  staff: true,
  expert: true,
  "client-code": true,
  forum: true,
  inferred: true,
  conflicting: true,
  open: true,
});

const sourceParser: z.ZodType<Source> = z.strictObject({ where: text, read: flag } satisfies Shape<Source>);

export const requirementParser: z.ZodType<Requirement> = z.strictObject({
  id: requirementIdParser,
  area: areaParser,
  title: text,
  statement: text,
  basis: basisParser,
  level: levelParser,
  sources: z.array(sourceParser),
  dialectSwitch: text.exactOptional(),
  levelReason: text.exactOptional(),
  excluded: text.exactOptional(),
} satisfies Shape<Requirement>);

export const entityParser: z.ZodType<Entity> = z.object({ id: text }).catchall(json).meta({ id: "Entity" });

const siteAppParser: z.ZodType<SiteApp> = z.strictObject({
  script: text,
  files: mapOf(text),
} satisfies Shape<SiteApp>);

const datasourceParser: z.ZodType<Datasource> = z.strictObject({
  proxy: text,
  defaultDirectory: text,
  defaultUser: text,
} satisfies Shape<Datasource>);

export const siteParser: z.ZodType<Site> = z
  .strictObject({
    entities: mapOf(z.array(entityParser)),
    apps: mapOf(siteAppParser),
    datasources: mapOf(datasourceParser).exactOptional(),
  } satisfies Shape<Site>)
  .meta({ id: "Site" });

export const principalParser: z.ZodType<Principal> = z
  .strictObject({
    directory: text,
    id: text,
    groups: texts,
    attributes: mapOf(texts),
    session: mapOf(texts),
  } satisfies Shape<Principal>)
  .meta({ id: "Principal" });
