import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { handlers } from "../../../mock/engine/methods/index.ts";
import { openDesk, Wire } from "./trading-desk.ts";

const { engine } = await openDesk();
const wire = new Wire(engine, "ada");
await wire.ask(-1, "OpenDoc", "plan");

/** An engine that fails answers -128; that no frame may bring about. */
async function isAnswered(frame: string): Promise<void> {
  const { result, error } = await wire.frame(frame);
  assert.ok((result === undefined) !== (error === undefined));
  assert.notEqual(error?.code, -128, frame);
}

test("any text is answered, and the engine does not fail", async () => {
  await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" })), isAnswered), {
    numRuns: 400,
    seed: 11,
  });
});

test("any parameters of any method are answered, and the engine does not fail", async () => {
  const methods = [...handlers.keys()].filter((method) => !["DeleteApp", "SetScript", "DoReload"].includes(method));
  assert.ok(methods.length > 25);
  const parameter = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom("plan", "REGION", "Sum(AMOUNT)", true, 1));
  const frame = fc.record({
    id: fc.nat(),
    handle: fc.constantFrom(-1, 1, 2, 3),
    method: fc.constantFrom(...methods),
    params: fc.oneof(fc.array(parameter, { maxLength: 6 }), fc.jsonValue()),
  });
  await fc.assert(
    fc.asyncProperty(frame, async (request) => await isAnswered(JSON.stringify(request))),
    { numRuns: 800, seed: 12 },
  );
});

test("a page, a definition or an offset of any shape is answered", async () => {
  const odd = fc.jsonValue({ maxDepth: 3 });
  await fc.assert(
    fc.asyncProperty(odd, odd, async (definition, page) => {
      const property = (name: string): object => ({ qInfo: { qType: "x" }, [name]: definition });
      for (const name of ["qHyperCubeDef", "qListObjectDef", "qFieldListDef"]) {
        await wire.call(1, "CreateSessionObject", JSON.parse(JSON.stringify(property(name))));
        await isAnswered(JSON.stringify({ id: 1, handle: 2, method: "GetLayout", params: [] }));
        await isAnswered(JSON.stringify({ id: 1, handle: 2, method: "GetHyperCubeData", params: ["/", page] }));
        await wire.ask(1, "DestroySessionObject", "x");
      }
    }),
    { numRuns: 100, seed: 13 },
  );
});
