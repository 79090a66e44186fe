/** The templates beside this module, found from where it lies, so that source and build read alike. */
import { readFileSync } from "node:fs";
import Handlebars from "handlebars";

const partials = ["finding", "reduction", "matrix"] as const;

type Source = "report-html.hbs" | `${(typeof partials)[number]}.hbs` | "style.css" | "filter.js";

/** The text of a file among the templates. */
export function sourceOf(name: Source): string {
  return readFileSync(new URL(`./templates/${name}`, import.meta.url), "utf8");
}

let compiled: ((context: object) => string) | undefined;

function compile(): (context: object) => string {
  const engine = Handlebars.create();
  for (const partial of partials) engine.registerPartial(partial, sourceOf(`${partial}.hbs`));
  const template = engine.compile<object>(sourceOf("report-html.hbs"), { strict: true });
  return (context) => template(context);
}

/** Fills the page. A name it uses and the context lacks is a programmer's mistake and throws. */
export function renderPage(context: object): string {
  compiled ??= compile();
  return compiled(context);
}
