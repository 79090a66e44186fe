/** What a case may see of an answer: parts of it, and of a secret that it is there. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Json, Value } from "../../contract/types.ts";
import { TargetFault } from "../../targets/faults.ts";
import type { Answer } from "../../targets/qlik/http.ts";
import { seenInAnswer, seenInFrame, shownOf } from "../../targets/qlik/shown.ts";

function answerOf(body: Json | string, headers: { readonly [name: string]: string } = {}): Answer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const cookies = ["X-Qlik-Session-hub=0a1b2c3d4e5f; Path=/; HttpOnly; Secure", "theme=dark"];
  return { status: 200, headers: new Headers(headers), text, setCookies: cookies };
}

function seen(answer: Answer, words: string): Value {
  return seenInAnswer(answer)(words.split(" "));
}

const orders = answerOf(
  { items: [{ name: "Sales" }, { name: "Finance" }, {}], total: 2, open: true, "a/b": { "~": null }, none: null },
  { "Content-Type": "application/json; charset=utf-8", "qlik-csrf-token": "0a1b2c3d", "X-Desk": "north" },
);

describe("an answer", () => {
  it("shows values, kinds, numbers and fields of its JSON", () => {
    const wanted: readonly (readonly [string, Value])[] = [
      ["value /total", 2],
      ["value /open", 1],
      ["value /items", "list"],
      ["value /items/0", "object"],
      ["value /items/0/name", "Sales"],
      ["value /items/7/name", null],
      ["value /a~1b/~0", null],
      ["kind /a~1b/~0", "null"],
      ["kind /total", "number"],
      ["kind /items/0/name", "text"],
      ["kind /nowhere", null],
      ["count /items", 3],
      ["count /total", null],
      ["each /items name", ", Finance, Sales"],
      ["type", "application/json"],
      ["header x-desk", "north"],
      ["header x-other", null],
      ["holds Fin", 1],
      ["holds Fun", 0],
    ];
    for (const [words, value] of wanted) assert.equal(seen(orders, words), value, words);
  });

  it("shows of a secret that it is there, and never the secret", () => {
    const secrets = answerOf({ Ticket: "0a1b2c", SessionId: "0a1b2c", password: "0a1b2c", access_token: "0a1b2c" });
    for (const member of ["Ticket", "SessionId", "password", "access_token"])
      assert.equal(seen(secrets, `value /${member}`), "present", member);
    assert.equal(seen(orders, "header qlik-csrf-token"), "present");
    assert.equal(seen(orders, "header set-cookie"), "X-Qlik-Session-hub; Path /; HttpOnly; Secure, theme");
    assert.equal(seen(answerOf([{ token: "0a1b2c" }]), "each / token"), "present");
    assert.equal(seen(secrets, "text"), "object");
    assert.equal(seen(answerOf("", { location: "/hub?qlikTicket=0a1b2c" }), "header location"), "present");
  });

  it("shows 200 signs of a text at most, and no JSON where there is none", () => {
    const page = answerOf("<html>".repeat(100));
    assert.equal(seen(page, "text"), "<html>".repeat(100).slice(0, 200));
    assert.equal(seen(page, "value /total"), null);
  });

  it("has the case's ids in the place of the site's", () => {
    const shown = shownOf({ id: "value /id" }, seenInFrame({ id: "real-7" }), (text) => text.replace("real", "case"));
    assert.deepEqual(shown, { id: "case-7" });
  });

  it("refuses words it does not know", () => {
    assert.throws(() => seen(orders, "everything"), TargetFault);
    assert.throws(() => seenInFrame({})(["header", "x"]), TargetFault);
    assert.throws(() => shownOf("all", seenInAnswer(orders), String), TargetFault);
    assert.throws(() => shownOf({ id: 7 }, seenInAnswer(orders), String), TargetFault);
  });
});
