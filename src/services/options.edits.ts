import { applyEdits, modify } from "jsonc-parser";
import { BadUserInput, UpstreamRejected } from "../errors.ts";
import { optionsIn, optionsPath, type EnvironmentOptions } from "./environment.options.ts";
import { variablesProblem } from "../variable.rule.ts";
import { shownVariable } from "./shown.variables.ts";
import type { Json } from "./workspace/json.ts";
import { isSame } from "./workspace/merge/canonical.ts";

/** Variables to be set, and the names of those to be taken away. */
export interface VariableChange {
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

const formattingOptions = { insertSpaces: true, tabSize: 2, eol: "\n" };

/** The file with a value at a place, or without one there; whatever else is in it stays as it was written. */
const edited = (text: string, place: readonly string[], value: Json | undefined) =>
  applyEdits(text, modify(text, [...place], value, { formattingOptions }));

/** A key that is there twice is written at its first place and read at its last. */
function checked(text: string, wanted: EnvironmentOptions): string {
  const { variables, autoGateway } = optionsIn(text);
  if (isSame(variables, wanted.variables) && autoGateway === wanted.autoGateway) return text;
  throw new UpstreamRejected("gitea", `${optionsPath} is not as the platform writes it; mend it first.`);
}

/** The file with variables changed; undefined when it already says so. What was shown of a value stands for the value. */
export function withVariables(text: string | undefined, { set, remove }: VariableChange): string | undefined {
  const options = optionsIn(text);
  const stored = new Map(Object.entries(options.variables));
  const changes: (readonly [string, string | undefined])[] = [
    ...remove.filter((name) => stored.has(name)).map((name) => [name, undefined] as const),
    ...[...set].filter(([name, value]) => {
      const there = stored.get(name);
      return there === undefined || (value !== there && value !== shownVariable(name, there));
    }),
  ];
  if (changes.length === 0) return undefined;
  for (const [name, value] of changes) {
    if (value === undefined) stored.delete(name);
    else stored.set(name, value);
  }
  const variables = Object.fromEntries(stored);
  const problem = variablesProblem(variables);
  if (problem !== undefined) throw new BadUserInput([{ field: "input.set", message: problem }]);
  const changed = changes.reduce(
    (file, [name, value]) => edited(file, ["variables", name], value),
    text ?? "{}\n",
  );
  return checked(changed, { ...options, variables });
}

/** The file with the gateway of the whole API on or off; undefined when it already says so. */
export function withAutoGateway(text: string | undefined, enabled: boolean): string | undefined {
  const options = optionsIn(text);
  if (options.autoGateway === enabled) return undefined;
  const changed = edited(text ?? "{}\n", ["autoGateway", "enabled"], enabled);
  return checked(changed, { ...options, autoGateway: enabled });
}
