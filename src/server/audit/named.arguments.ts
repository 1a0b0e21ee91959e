/**
 * The places below `input` whose values are names, or one of a few words: all that is ever written of what somebody sends.
 * What stands in a file, a document, a data source, a variable or a key is in none of them.
 */
export const namingArguments = [
  "name",
  "names",
  "renamedFrom",
  "id",
  "login",
  "level",
  "path",
  "files.path",
  "set.name",
  "remove",
  "env",
  "project",
  "from",
  "from.env",
  "gateway",
  "gateway.id",
  "gateway.name",
  "serviceEndpoint.id",
  "serviceEndpoint.name",
  "apiEndpoint.id",
  "apiEndpoint.name",
  "pipeline.id",
  "pipeline.name",
  "fromId",
  "toId",
  "consumer",
  "user",
  "app",
  "type",
  "scope",
  "scopes",
  "kind",
  "part",
  "enabled",
  "active",
  "paused",
] as const;

/** A longer one is cut: it is there to tell things apart. */
const longest = 200;

function valuesAt(place: unknown, [step, ...rest]: readonly string[]): readonly unknown[] {
  if (Array.isArray(place))
    return place.flatMap((each) => valuesAt(each, step === undefined ? [] : [step, ...rest]));
  if (step === undefined) return [place];
  if (typeof place !== "object" || place === null || !Object.hasOwn(place, step)) return [];
  return valuesAt(Reflect.get(place, step), rest);
}

const isPlain = (value: unknown): value is string | boolean =>
  typeof value === "string" || typeof value === "boolean";

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** Whether what a project's admin is told of is named after a function, which they may not know of. */
const isOfFunction = (input: unknown): boolean =>
  typeof input === "object" && input !== null && "kind" in input && input.kind === "FUNCTION";

/** What arguments name, by where it stands in their input; undefined where they name nothing. */
export function namedBy(args: Readonly<Record<string, unknown>>): Record<string, string> | undefined {
  const { input } = args;
  const named = namingArguments.flatMap((path): (readonly [string, string])[] => {
    if (path === "name" && isOfFunction(input)) return [];
    const values = valuesAt(input, path.split(".")).filter(isPlain);
    return values.length === 0 ? [] : [[path, cut(values.join(", "))]];
  });
  return named.length === 0 ? undefined : Object.fromEntries(named);
}
