/** The status matrix of the wire catalogue (A2.1), row by row, and what A1 and A2 say around it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Credential, JwtAttack } from "../../../contract/types.ts";
import { admit, resolveDatasource } from "../../../reference/impersonation/spec.ts";
import { named, opens, person, proxy, siteOf, token, tokens, user, withDialect } from "./fixtures.ts";

const site = siteOf(
  [tokens],
  [user("CORP", "ann"), user("CORP", "carla", { inactive: true }), user("CORP", "dora", { blacklisted: true })],
);
const code = (credential: Credential): string | number => opens(site, "jwt", credential);
const acceptable = (credential: Credential, prefix = "jwt"): readonly number[] => {
  const admission = admit(site, prefix, credential, withDialect());
  return admission.admitted ? [] : admission.alsoAcceptable;
};

describe("status matrix", () => {
  for (const alg of ["RS256", "RS384", "RS512"]) {
    test(`row 1: opens a session for a valid ${alg} token`, () =>
      assert.equal(code(token({ header: { alg } })), "CORP\\ann"));
  }
  test("row 2: answers 401 without token and cookie, or 400, 403, 302", () => {
    assert.equal(code({ by: "nothing" }), 401);
    assert.deepEqual(new Set(acceptable({ by: "nothing" })), new Set([302, 400, 403]));
  });
  for (const authorization of ["Bearer not.a.token", "Bearer ", "Basic YW5uOmFubg=="]) {
    test(`row 3: answers 401 or 400 to ${JSON.stringify(authorization)}`, () => {
      assert.equal(code({ by: "bytes", authorization }), 401);
      assert.deepEqual(acceptable({ by: "bytes", authorization }), [400]);
    });
  }
  for (const alg of ["none", "HS256", "ES256", "PS256", "EdDSA", "rs256"]) {
    test(`row 4: refuses algorithm ${alg}`, () => assert.equal(code(token({ header: { alg } })), 401));
  }
  test("row 5: refuses the signature of another key", () => assert.equal(code(token({ key: "foreign" })), 401));
  test("row 5: refuses an unsigned token", () => assert.equal(code(token({ key: "none" })), 401));
  const attacks: readonly JwtAttack[] = [
    "tampered-payload",
    "stripped-signature",
    "hmac-with-certificate",
    "embedded-key",
    "truncated",
  ];
  for (const attack of attacks)
    test(`row 5: refuses a token that is ${attack}`, () => assert.equal(code(token({ attack })), 401));
  test("row 6: refuses a token that expired or is not valid yet", () => {
    assert.equal(code(token({ expiresIn: -900 })), 401);
    assert.equal(code(token({ validIn: 900 })), 401);
    assert.equal(code(token({ validIn: -900 })), "CORP\\ann");
  });
  test("row 6: takes a token without exp", () => {
    const { expiresIn: _, ...endless } = token();
    assert.equal(code(endless), "CORP\\ann");
  });
  test("row 7: refuses claims under another name or another letter case of it", () => {
    assert.equal(code(token({ claims: { userid: "ann", userDirectory: "CORP" } })), 401);
    assert.equal(code(token({ claims: { userId: "ann", UserDirectory: "CORP" } })), 401);
    assert.equal(code(token({ claims: { user: "ann", directory: "CORP" } })), 401);
  });
  test("row 8: answers 400 for an unknown and an unlinked prefix alike", () => {
    const unlinked = {
      ...site,
      entities: { ...site.entities, ProxyService: [{ id: "central", settings: { virtualProxies: [] } }] },
    };
    assert.equal(opens(site, "other", token()), 400);
    assert.equal(opens(unlinked, "jwt", token()), 400);
  });
  test("row 9: answers 401 or 403 to a blocked user", () => {
    for (const id of ["carla", "dora"]) {
      assert.equal(code(named(id)), 401);
      assert.deepEqual(acceptable(named(id)), [403]);
    }
  });
});

describe("who a token names", () => {
  test("IM-046: nobody, when the id is blank, a list, a number or null", () => {
    for (const id of ["", "  ", ["ann", "ben"], 7, null]) assert.equal(code(named(id)), 401);
  });
  test("IM-053: the known user in his known spelling, whatever the letter case", () =>
    assert.equal(code(named("ANN", "corp")), "CORP\\ann"));
  test("IM-053: nobody else for a look-alike", () => {
    for (const id of ["anna", "an", "ann ", "änn"]) assert.equal(code(named(id)), `CORP\\${id}`);
    assert.equal(code(named("ann", "CORP2")), "CORP2\\ann");
  });
  test("IM-035: the static directory in square brackets", () => {
    const fixed = siteOf([proxy("fixed", { jwtAttributeUserDirectory: "[TRADING]" })]);
    assert.equal(opens(fixed, "fixed", token({ claims: { userId: "ben", userDirectory: "CORP" } })), "TRADING\\ben");
    assert.equal(
      opens(fixed, "fixed", token({ claims: { userId: "ben" } }), withDialect({ staticDirectory: false })),
      401,
    );
  });
  test("IM-038: only for the audience that is configured", () => {
    const strict = siteOf([proxy("strict", { jwtAudience: "qlik.corp.example" })]);
    assert.equal(opens(strict, "strict", named("ann", "CORP", { aud: "qlik.corp.example" })), "CORP\\ann");
    assert.equal(opens(strict, "strict", named("ann", "CORP", { aud: "elsewhere" })), 401);
    assert.equal(opens(strict, "strict", named("ann")), 401);
    assert.equal(opens(strict, "strict", named("ann"), withDialect({ audience: "ignored" })), "CORP\\ann");
    assert.equal(code(named("ann", "CORP", { aud: "elsewhere" })), "CORP\\ann");
  });
});

describe("attributes", () => {
  const map = [
    { jwtAttribute: "groups", senseAttribute: "group", isMandatory: true },
    { jwtAttribute: "Branch", senseAttribute: "branch", isMandatory: false },
  ];
  const mapped = siteOf(
    [proxy("mapped", { jwtAttributeMap: map })],
    [
      user("CORP", "ann", {
        attributes: [
          { attributeType: "group", attributeValue: "Finance" },
          { attributeType: "email", attributeValue: "ann@corp.example" },
        ],
      }),
    ],
  );
  const principal = (claims: Parameters<typeof named>[2], dialect = withDialect()): unknown => {
    const admission = admit(mapped, "mapped", named("ann", "CORP", claims), dialect);
    return admission.admitted ? admission.principal : admission.code;
  };

  test("IM-047, IM-048: an array is several values, a text with commas is one, and unmapped claims are none", () => {
    assert.deepEqual(principal({ groups: ["Sales", "Board"], Branch: "NORTH,SOUTH", role: "RootAdmin" }), {
      directory: "CORP",
      id: "ann",
      groups: ["Finance"],
      attributes: { email: ["ann@corp.example"] },
      session: { group: ["Sales", "Board"], branch: ["NORTH,SOUTH"] },
    });
  });
  test("IM-003: a mandatory claim that is missing refuses the log-in, an optional one does not", () => {
    assert.equal(principal({ Branch: "NORTH" }), 401);
    assert.notEqual(principal({ groups: "Sales" }), 401);
  });
  test("IM-049: attributes overwrite stored ones only where a release keeps them", () => {
    const kept = principal({ groups: ["Sales"] }, withDialect({ sessionAttributesPersist: true }));
    assert.deepEqual(kept, {
      directory: "CORP",
      id: "ann",
      groups: ["Sales"],
      attributes: { email: ["ann@corp.example"] },
      session: { group: ["Sales"] },
    });
  });
});

describe("other doors", () => {
  const many = siteOf([
    tokens,
    proxy("header", {
      authenticationMethod: 1,
      headerAuthenticationHeaderName: "X-User",
      headerAuthenticationStaticUserDirectory: "TRADING",
    }),
    proxy("dynamic", {
      authenticationMethod: 2,
      headerAuthenticationHeaderName: "X-User",
      headerAuthenticationDynamicUserDirectory: String.raw`$ud\\$id`,
    }),
    proxy("open", { anonymousAccessMode: 1 }),
    proxy("public", { anonymousAccessMode: 2 }),
    proxy("ticket", { authenticationMethod: 0 }),
  ]);
  test("IM-018: a static header proxy sets the directory, a dynamic one reads it", () => {
    assert.equal(opens(many, "header", { by: "header", principal: person("CORP", "ben") }), "TRADING\\ben");
    assert.equal(opens(many, "dynamic", { by: "header", principal: person("CORP", "ben") }), "CORP\\ben");
  });
  test("IM-018: a missing header, or one that is not US-ASCII, is answered with 400", () => {
    assert.equal(opens(many, "header", { by: "nothing" }), 400);
    assert.equal(opens(many, "dynamic", { by: "header", principal: person("CORP", "jürgen") }), 400);
  });
  test("IM-062: a header or a certificate names nobody at a token proxy", () => {
    assert.equal(opens(many, "jwt", { by: "header", principal: person("CORP", "ben") }), 401);
    assert.equal(opens(many, "jwt", { by: "certificate", principal: person("CORP", "ben") }), 401);
  });
  test("IM-016: anonymous until a log-in, or always", () => {
    assert.equal(opens(many, "open", { by: "nothing" }), "NONE\\anonymous");
    assert.equal(opens(many, "open", token()), "CORP\\ann");
    assert.equal(opens(many, "open", token({ key: "foreign" })), 401);
    assert.equal(opens(many, "public", token()), "NONE\\anonymous");
  });
  test("IM-120: a ticket opens the session of the user it was issued for", () => {
    assert.equal(opens(many, "ticket", { by: "ticket", principal: person("CORP", " ben ") }), "CORP\\ben");
    assert.equal(opens(many, "ticket", { by: "ticket", principal: person("CORP", "x\\ben") }), 401);
  });
});

describe("a reporting tool's connection", () => {
  const reporting = {
    ...siteOf([proxy("jwt", { jwtAttributeUserId: "user", jwtAttributeUserDirectory: "dir" })]),
    datasources: { Reports: { proxy: "jwt", defaultDirectory: "CORP", defaultUser: "reporter" } },
  };
  const asked = (who?: ReturnType<typeof person>): string | number =>
    opens(reporting, "jwt", resolveDatasource(reporting, "Reports", who));

  test("asks for the user who is named, under the proxy's own claim names", () =>
    assert.equal(asked(person("CORP", "ann")), "CORP\\ann"));
  test("asks for the default user when nobody is named", () => assert.equal(asked(), "CORP\\reporter"));
  test("J9: never answers for a named user with the default one", () => assert.equal(asked(person("CORP", "")), 401));
  test("refuses a datasource the site does not have", () =>
    assert.throws(() => resolveDatasource(reporting, "Letters", undefined), {
      name: "ConformanceError",
      code: "input",
    }));
});
