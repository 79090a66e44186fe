/** Conversations: whose session a browser is in, step by step (A3, A4; J4, J5). */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Json, Outcome, Step } from "../../../contract/types.ts";
import { converse } from "../../../reference/impersonation/converse.ts";
import { named, proxy, siteOf, token, tokens, withDialect } from "./fixtures.ts";

const site = siteOf([tokens, proxy("hub", {}), proxy("open", { anonymousAccessMode: 1 })]);
const json = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
const ann = json(named("ann"));
const ben = json(named("ben"));
const expired = json(token({ expiresIn: -3600 }));

function step(actor: string, what: string, at: string, more: { [name: string]: Json } = {}): Step {
  return { actor, do: what, with: { proxy: at, ...more } };
}

function shown(outcome: Outcome): string | number {
  if (outcome.kind === "session") return outcome.id === "" ? "out" : outcome.id;
  if (outcome.kind === "measure") return `${JSON.stringify(outcome.values["who"])}'s rows`.replaceAll('"', "");
  return outcome.kind === "refused" ? outcome.code : outcome.kind;
}

function open(_: string, as: { readonly id: string }): Outcome {
  return { kind: "measure", values: { who: as.id } };
}

function played(steps: Step[], dialect = withDialect()): (string | number)[] {
  return converse(site, steps, dialect, { open }).of.map(shown);
}

describe("conversations", () => {
  test("IM-043: the cookie alone suffices after the first token", () => {
    assert.deepEqual(
      played([
        step("a", "login", "jwt", { credential: ann }),
        step("a", "whoami", "jwt"),
        step("a", "open", "jwt", { app: "Sales" }),
      ]),
      ["ann", "ann", "ann's rows"],
    );
  });
  test("IM-044: without token and cookie nobody is let in", () =>
    assert.deepEqual(played([step("a", "whoami", "jwt"), step("a", "open", "jwt", { app: "Sales" })]), [401, 401]));
  test("IM-041: a bad token beside a live cookie is refused, and the cookie lives on", () => {
    const steps = [
      step("a", "login", "jwt", { credential: ann }),
      step("a", "open", "jwt", { app: "Sales", credential: expired }),
      step("a", "whoami", "jwt"),
    ];
    assert.deepEqual(played(steps), ["ann", 401, "ann"]);
    assert.deepEqual(played(steps, withDialect({ tokenBesideCookie: "ignored" })), ["ann", "ann's rows", "ann"]);
  });
  test("IM-042, J5: another user's token begins a session of his own, and the old cookie stays its owner's", () => {
    const steps = [
      step("a", "login", "jwt", { credential: ann }),
      step("b", "cookie-of", "jwt", { from: "a" }),
      step("a", "login", "jwt", { credential: ben }),
      step("a", "open", "jwt", { app: "Sales" }),
      step("b", "open", "jwt", { app: "Sales" }),
    ];
    assert.deepEqual(played(steps), ["ann", "ann", "ben", "ben's rows", "ann's rows"]);
  });
  test("IM-057, J4: a cookie is worth nothing at another virtual proxy", () => {
    const steps = [
      step("a", "login", "jwt", { credential: ann }),
      step("a", "whoami", "hub"),
      step("b", "cookie-of", "hub", { from: "a" }),
    ];
    assert.deepEqual(played(steps), ["ann", 401, 401]);
  });
  test("IM-085: logging out ends all sessions of that user there, of nobody else, and none elsewhere", () => {
    const steps = [
      step("a", "login", "jwt", { credential: ann }),
      step("a2", "login", "jwt", { credential: ann }),
      step("b", "login", "jwt", { credential: ben }),
      step("a", "login", "hub", { credential: ann }),
      step("a", "logout", "jwt"),
      step("a", "whoami", "jwt"),
      step("a2", "whoami", "jwt"),
      step("b", "whoami", "jwt"),
      step("a", "whoami", "hub"),
    ];
    assert.deepEqual(played(steps), ["ann", "ann", "ben", "ann", "out", 401, 401, "ben", "ann"]);
  });
  test("IM-076: a made-up cookie is no session", () =>
    assert.deepEqual(
      played([step("a", "login", "jwt", { credential: ann }), step("b", "forge-cookie", "jwt", { from: "a" })]),
      ["ann", 401],
    ));
  test("IM-016: an anonymous session lasts until a log-in", () =>
    assert.deepEqual(
      played([
        step("a", "whoami", "open"),
        step("a", "login", "open", { credential: ann }),
        step("a", "whoami", "open"),
      ]),
      ["anonymous", "ann", "ann"],
    ));
  test("refuses a step it does not know, naming those it does", () =>
    assert.throws(() => played([step("a", "dance", "jwt")]), { name: "ConformanceError", code: "input" }));
  test("refuses a step without what it needs", () => {
    assert.throws(() => played([{ actor: "a", do: "whoami", with: {} }]), { code: "input" });
    assert.throws(() => played([step("a", "login", "jwt", { credential: { by: "wish" } })]), { code: "input" });
  });
});
