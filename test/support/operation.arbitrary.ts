import fc, { type Arbitrary } from "fast-check";
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";

/** A query with its variables. */
export interface GeneratedQuery {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Values of arguments, right and wrong ones, by the names of their types. */
export type ArgumentValues = Readonly<Record<string, readonly unknown[]>>;

interface Means {
  readonly schema: GraphQLSchema;
  readonly values: ArgumentValues;
  /** Whether a field may be asked for: some answer something else each time. */
  readonly isSteady: (type: string, field: string) => boolean;
}

interface Draft {
  readonly text: string;
  /** The fragments that it spreads. */
  readonly fragments?: readonly string[];
  readonly definitions: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
}

const conditions = { yes: true, no: false };

const literal = (value: unknown) => JSON.stringify(value);

/** One argument as a text or as a variable; names of variables are made of a number that is given. */
function argument(type: string, name: string, values: ArgumentValues): Arbitrary<Draft> {
  const number = fc.integer({ min: 0, max: 1_000_000_000 });
  return fc
    .record({
      value: fc.constantFrom(...(values[getBare(type)] ?? [null])),
      asVariable: fc.boolean(),
      number,
    })
    .map(({ value, asVariable, number }) => {
      if (!asVariable) return { text: `${name}: ${literal(value)}`, definitions: [], variables: {} };
      const variable = `v${number}`;
      return {
        text: `${name}: $${variable}`,
        definitions: [`$${variable}: ${type}`],
        variables: { [variable]: value },
      };
    });
}

const getBare = (type: string) => type.replace(/[[\]!]/g, "");

const joined = (drafts: readonly Draft[], text: (texts: readonly string[]) => string): Draft => ({
  text: text(drafts.map((draft) => draft.text)),
  fragments: drafts.flatMap(({ fragments = [] }) => fragments),
  definitions: drafts.flatMap(({ definitions }) => definitions),
  variables: Object.assign({}, ...drafts.map(({ variables }) => variables)) as Record<string, unknown>,
});

const condition = fc.oneof(
  { weight: 8, arbitrary: fc.constant("") },
  fc.constantFrom(
    "@include(if: $yes)",
    "@include(if: $no)",
    "@skip(if: $yes)",
    "@skip(if: $no)",
    "@skip(if: false) @include(if: $yes)",
  ),
);

const argumentsOf = (field: GraphQLField<unknown, unknown>, values: ArgumentValues) =>
  fc.tuple(
    ...field.args.map((each) => {
      const drawn = argument(String(each.type), each.name, values);
      const nothing = fc.constant({ text: "", definitions: [], variables: {} });
      return isRequiredArgument(each) ? drawn : fc.oneof({ weight: 3, arbitrary: nothing }, drawn);
    }),
  );

function fieldOf(
  field: GraphQLField<unknown, unknown>,
  depth: number,
  means: Means,
): Arbitrary<Draft> | undefined {
  const type = getNamedType(field.type);
  const below = isCompositeType(type) ? selectionsOf(type, depth - 1, means) : undefined;
  if (isCompositeType(type) && !below) return undefined;
  const nothing = fc.constant({ text: "", definitions: [], variables: {} });
  return fc
    .record({
      args: argumentsOf(field, means.values),
      // The same alias for the same field with other arguments would not merge.
      alias: fc.integer({ min: 0, max: 1_000_000_000 }).map((number) => `a${number}`),
      condition,
      below: below ?? nothing,
    })
    .map(({ args, alias, condition: told, below: inner }) =>
      joined([...args, inner], (texts) => {
        const given = texts.slice(0, -1).filter(Boolean);
        const brackets = given.length > 0 ? `(${given.join(", ")})` : "";
        return `${alias}: ${field.name}${brackets} ${told} ${texts.at(-1) ?? ""}`;
      }),
    );
}

function selectionsOf(type: GraphQLNamedType, depth: number, means: Means): Arbitrary<Draft> | undefined {
  if (depth < 0) return undefined;
  const isOpen = isAbstractType(type);
  const object = type as GraphQLObjectType;
  const fields = Object.values(object.getFields())
    .filter(({ name }) => means.isSteady(type.name, name))
    .flatMap((field) => fieldOf(field, depth, means) ?? []);
  const typename = fc.constant<Draft>({ text: "__typename", definitions: [], variables: {} });
  const one = fc.oneof(
    { weight: 1, arbitrary: typename },
    ...fields.map((arbitrary) => ({ weight: 2, arbitrary })),
  );
  const spread = isOpen
    ? one
    : fc.oneof(
        { weight: 6, arbitrary: one },
        fc
          .record({ drafts: fc.array(one, { minLength: 1, maxLength: 2 }), condition })
          .map(({ drafts, condition: told }) =>
            joined(drafts, (texts) => `... on ${type.name} ${told} { ${texts.join(" ")} }`),
          ),
        fc
          .record({
            inner: one,
            again: condition,
            condition,
            number: fc.integer({ min: 0, max: 1_000_000_000 }),
          })
          .map(({ inner, again, condition: told, number }) => {
            const { text, fragments = [], ...rest } = inner;
            const written = `fragment F${number} on ${type.name} { ${text} }`;
            // Spread twice, so that it counts as soon as one of them is included.
            const spreads = `...F${number} ${told} ...F${number} ${again}`;
            return { ...rest, text: spreads, fragments: [...fragments, written] };
          }),
      );
  return fc
    .array(spread, { minLength: 1, maxLength: 3 })
    .map((drafts) => joined(drafts, (texts) => `{ ${texts.join(" ")} }`));
}

/** Queries that are valid, whether their arguments are or not. */
export function queries(means: Means, depth = 3): Arbitrary<GeneratedQuery> {
  const root = means.schema.getQueryType();
  const selections = root && selectionsOf(root, depth, means);
  if (!selections) throw new Error("The schema has no queries.");
  return selections.map(({ text, fragments = [], definitions, variables }) => {
    const whole = [text, ...fragments].join("\n");
    const asked = Object.keys(conditions).filter((name) => whole.includes(`$${name})`));
    const told = [...asked.map((name) => `$${name}: Boolean!`), ...definitions];
    return {
      query: `query Generated${told.length > 0 ? `(${told.join(", ")})` : ""} ${whole}`,
      variables: { ...conditions, ...variables },
    };
  });
}
