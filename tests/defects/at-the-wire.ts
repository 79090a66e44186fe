/**
 * Defects no ask can show yet, each with the test that sees it at the wire. `at-the-wire.test.ts` fails when an entry's
 * requirement comes to be named by a golden case.
 */
export const atTheWire: { readonly [defect: string]: string } = {
  "client-header-identity": "tests/mock/proxy/defects.test.ts",
  "csrf-unchecked": "tests/mock/proxy/defects.test.ts",
  "origin-unchecked": "tests/mock/proxy/defects.test.ts",
  "xrfkey-unchecked": "tests/mock/proxy/defects.test.ts",
};
