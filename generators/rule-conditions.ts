/** Conditions as text (SR grammar §2.1): nested, in every spelling the language allows, over the names of the vocabulary. */
import * as fc from "fast-check";
import {
  connectionTypes,
  departments,
  groups,
  objectTypes,
  people,
  regions,
  roles,
  sectionNames,
  thingNames,
} from "./rule-vocabulary.ts";

export interface ConditionTraits {
  /** Also what the sources read differently: `!=` on lists and missing values, letter case in `matches`, `?` in `like`. */
  readonly disputed: boolean;
  /** `!`, `!=`, `!==` and `Empty`, which let fewer values grant more. */
  readonly negation: boolean;
  readonly privileges: boolean;
  /** HasPrivilege under `!`. */
  readonly negatedPrivileges: boolean;
}

type Words = readonly string[];

function oneOf(words: Words): fc.Arbitrary<string> {
  return fc.constantFrom(...words);
}

/** `operand = operand` in either order, with and without blanks, strictly now and then. */
function equality(
  left: Words,
  right: fc.Arbitrary<string>,
  signs: Words = ["=", "=", "=", "=="],
): fc.Arbitrary<string> {
  return fc
    .tuple(oneOf(left), right, oneOf(signs), oneOf([" ", ""]), fc.nat(4))
    .map(([one, other, sign, gap, turn]) =>
      turn === 0 ? `${other}${gap}${sign}${gap}${one}` : `${one}${gap}${sign}${gap}${other}`,
    );
}

function quoted(words: Words): fc.Arbitrary<string> {
  return oneOf(words).map((word) => `"${word}"`);
}

const groupPaths: Words = ["user.group", "user.Group", "user.environment.group", "resource.@GroupAccess"];
const regionPaths: Words = [
  "user.@Region",
  "resource.@Region",
  "resource.app.@Region",
  "resource.stream.@Region",
  "resource.app.stream.@Region",
  "resource.owner.@Region",
];

/** Comparisons of texts; what they name may be missing on the resource at hand. */
const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: equality(groupPaths, quoted(groups)) },
  { weight: 4, arbitrary: equality(["user.group", "user.environment.group"], fc.constant("resource.@GroupAccess")) },
  {
    weight: 3,
    arbitrary: equality(
      ["resource.stream.@GroupAccess", "resource.app.stream.@GroupAccess"],
      fc.constant("user.group"),
    ),
  },
  { weight: 6, arbitrary: equality(regionPaths, quoted(regions)) },
  { weight: 4, arbitrary: equality(regionPaths, fc.constant("user.@Region")) },
  { weight: 3, arbitrary: equality(["user.department", "user.environment.department"], quoted(departments)) },
  { weight: 6, arbitrary: equality(["user.roles", "user.roles", "user.role"], quoted(roles)) },
  {
    weight: 3,
    arbitrary: equality(["user.userId", "resource.owner.userId"], quoted(people.map(({ userId }) => userId)), ["="]),
  },
  { weight: 2, arbitrary: equality(["user.userDirectory"], quoted(people.map(({ directory }) => directory)), ["="]) },
  {
    weight: 3,
    arbitrary: equality(
      ["resource.name", "resource.Name", "resource.stream.name", "resource.app.name"],
      quoted(thingNames),
    ),
  },
  {
    weight: 3,
    arbitrary: equality(["resource.resourcetype"], quoted(["App", "App.Object", "Stream", "DataConnection"])),
  },
  { weight: 3, arbitrary: equality(["resource.objectType"], quoted(objectTypes)) },
  { weight: 2, arbitrary: equality(["resource.published", "resource.approved"], quoted(["true", "false"]), ["="]) },
  { weight: 1, arbitrary: equality(["resource.type"], quoted(connectionTypes)) },
  {
    weight: 3,
    arbitrary: equality(
      ["resource.description", "resource.description", "resource.nosuch", "user.nosuch"],
      quoted(thingNames),
    ),
  },
  { weight: 2, arbitrary: equality(["user.environment.context"], quoted(["AppAccess", "ManagementAccess"])) },
  { weight: 1, arbitrary: equality(["user.environment.secureRequest"], quoted(["true", "false"]), ["="]) },
);

const identity: fc.Arbitrary<string> = equality(
  ["resource.owner", "resource.Owner", "resource.app.owner", "resource.app.stream.owner", "resource.stream.owner"],
  fc.constant("user"),
  ["="],
);

const globs: Words = ["Sales*", "*North", "s*s", "*a*", "sales", "*", "fin*south", "*ar*in*", "NORTH*", "Sales*Sales"];
const textPaths: Words = [
  "user.group",
  "user.environment.group",
  "resource.name",
  "resource.@Region",
  "user.@Region",
  "resource.stream.name",
];

const like: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(oneOf(textPaths), quoted(globs)).map(([path, glob]) => `${path} like ${glob}`) },
  { weight: 1, arbitrary: quoted(["QmcSection_*", ...sectionNames]).map((glob) => `resource.name like ${glob}`) },
);

/** Each letter in both cases, so that both readings of `matches` agree (SR-328). */
function neutral(word: string): string {
  return word.replaceAll(/[a-z]/gi, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
}

const patterns: Words = [
  `${neutral("sales")}.*`,
  neutral("sale"),
  `(${neutral("north")}|${neutral("west")})`,
  ".*[0-9]",
  ".{4,5}",
  `.*${neutral("nor")}.*`,
];

const matches: fc.Arbitrary<string> = fc
  .tuple(oneOf(textPaths), quoted(patterns))
  .map(([path, pattern]) => `${path} matches ${pattern}`);

/** `!=` on what always has exactly one value, where all readings agree. */
const unequal: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(oneOf(["resource.name", "resource.resourcetype"]), oneOf(["!=", "!=="]), quoted([...thingNames, "App"]))
    .map((parts) => parts.join(" ")),
  quoted(people.map(({ userId }) => userId)).map((id) => `user.userId != ${id}`),
);

const disputedAtoms: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(oneOf(groupPaths), oneOf(["!=", "!=="]), quoted(groups)).map((parts) => parts.join(" ")),
  fc.tuple(oneOf(regionPaths), oneOf(["!=", "!=="]), quoted(regions)).map((parts) => parts.join(" ")),
  fc
    .tuple(oneOf(textPaths), quoted(["SALES.*", "north", "Sales|Finance"]))
    .map(([path, word]) => `${path} matches ${word}`),
  fc.tuple(oneOf(textPaths), quoted(["Sale?", "?orth"])).map(([path, word]) => `${path} like ${word}`),
);

const empty: fc.Arbitrary<string> = fc
  .tuple(
    oneOf([
      "resource.stream",
      "resource.app.stream",
      "resource.@Region",
      "user.@Region",
      "user.group",
      "user.environment.group",
    ]),
    oneOf(["Empty", "empty"]),
  )
  .map(([path, name]) => `${path}.${name}()`);

const anonymous: fc.Arbitrary<string> = oneOf(["user.IsAnonymous()", "user.isanonymous()"]);
const owned: fc.Arbitrary<string> = fc.constant("resource.IsOwned()");

/**
 * Every use leads from a type to a lower one (object and task → app → stream), or from another action to `read` on the same
 * resource, so that no answer depends on itself (SR-473). The second kind is only for rules that do not give `read`.
 */
function privilege(givesRead: boolean): fc.Arbitrary<string> {
  const behind = fc
    .tuple(
      oneOf(["resource.stream", "resource.app", "resource.App", "resource.app.stream"]),
      oneOf(["read", "Read", "update", "publish"]),
    )
    .map(([path, action]) => `${path}.HasPrivilege("${action}")`);
  return givesRead
    ? behind
    : fc.oneof(behind, oneOf(['resource.HasPrivilege("read")', 'resource.hasprivilege("Read")']));
}

interface Atoms {
  readonly plain: fc.Arbitrary<string>;
  readonly negatable: fc.Arbitrary<string>;
}

function atoms(traits: ConditionTraits, givesRead: boolean): Atoms {
  const common = [
    { weight: 12, arbitrary: texts },
    { weight: 2, arbitrary: identity },
    { weight: 3, arbitrary: like },
    { weight: 2, arbitrary: matches },
    { weight: 1, arbitrary: owned },
    { weight: 1, arbitrary: anonymous },
    ...(traits.negation
      ? [
          { weight: 2, arbitrary: empty },
          { weight: 1, arbitrary: unequal },
        ]
      : []),
    ...(traits.disputed ? [{ weight: 4, arbitrary: disputedAtoms }] : []),
  ];
  const privileges = traits.privileges ? [{ weight: 7, arbitrary: privilege(givesRead) }] : [];
  return {
    plain: fc.oneof(...common, ...privileges),
    negatable: fc.oneof(...common, ...(traits.negatedPrivileges ? privileges : [])),
  };
}

const junctions: Words = [" and ", " or ", " && ", "||", "\n or\t", ") and ("];

/** Terms in a row, some joined without parentheses, so that precedence shows (SR-301). */
function row(term: fc.Arbitrary<string>, most: number): fc.Arbitrary<string> {
  return fc.tuple(term, fc.array(fc.tuple(oneOf(junctions), term), { maxLength: most })).map(([first, others]) => {
    const body = others.map(([junction, text]) => junction + text).join("");
    return body.includes(") and (") ? `(${first}${body})` : first + body;
  });
}

const brokenConditions: fc.Arbitrary<string> = oneOf([
  'user.group="Sales',
  'user.group="Sales" AND user.department="Buying"',
  "resource.name like user.group",
  "!resource.published",
  'user.environment.group.indexOf("Sales") >= 0',
]);

function sound(traits: ConditionTraits, givesRead: boolean): fc.Arbitrary<string> {
  const { plain, negatable } = atoms(traits, givesRead);
  const negated = traits.negation
    ? [
        { weight: 2, arbitrary: negatable.map((atom) => (atom.endsWith(")") ? `!${atom}` : `!(${atom})`)) },
        { weight: 1, arbitrary: row(negatable, 2).map((text) => `!(${text})`) },
      ]
    : [];
  const term = fc.oneof({ weight: 8, arbitrary: plain }, ...negated, {
    weight: 2,
    arbitrary: row(plain, 2).map((text) => `(${text})`),
  });
  return fc.oneof(
    { weight: 4, arbitrary: plain },
    { weight: 10, arbitrary: row(term, 3) },
    { weight: 1, arbitrary: fc.constant("") },
  );
}

/** A condition; now and then blank (SR-109) or broken (SR-110). `givesRead`: whether its rule gives the action `read`. */
export function conditionText(traits: ConditionTraits, givesRead: boolean): fc.Arbitrary<string> {
  return fc.oneof({ weight: 40, arbitrary: sound(traits, givesRead) }, { weight: 1, arbitrary: brokenConditions });
}
