import { parse, type ParseError } from "jsonc-parser";
import { z } from "zod";
import { UpstreamRejected } from "../errors.ts";
import { variableBounds, variableProblem, variablesProblem } from "../variable.rule.ts";

/** Where what is set for an environment is kept in its repository. */
export const optionsPath = "sett.json";

/** What is set for an environment, besides what is drawn on its canvas. */
export interface EnvironmentOptions {
  /** What its workspace is told in its environment, by name. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether a gateway serves the running project's whole API; undefined where the platform's own rule holds. */
  readonly autoGateway: boolean | undefined;
}

/** What holds where nothing is set. */
export const noOptions: EnvironmentOptions = { variables: {}, autoGateway: undefined };

/** Keys besides these are somebody else's, and stay. */
const fileShape = z.looseObject({
  variables: z
    .record(z.string(), z.string().max(variableBounds.value))
    .default({})
    .superRefine((variables, context) => {
      const found = Object.entries(variables).map(([name, value]) => variableProblem(name, value));
      const message = found.find((each) => each !== undefined) ?? variablesProblem(variables);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    }),
  autoGateway: z.looseObject({ enabled: z.boolean().optional() }).optional(),
});

const notAsWritten = (why: string) =>
  new UpstreamRejected("gitea", `${optionsPath} is not as the platform writes it: ${why}; mend it first.`);

/** Far more than all variables that there may be take, and little enough to be read whenever something is looked at. */
const longestFile = 1_000_000;

function valueIn(text: string): unknown {
  const errors: ParseError[] = [];
  try {
    const value: unknown = parse(text, errors, { disallowComments: true });
    if (errors.length === 0) return value;
  } catch (error) {
    // The parser goes as deep as the file nests, and a process does not.
    if (!(error instanceof RangeError)) throw error;
    throw notAsWritten("it nests too deeply");
  }
  throw notAsWritten("it is no JSON");
}

/** What the text of the file sets; refused in words where it makes no sense. */
export function optionsIn(text: string | undefined): EnvironmentOptions {
  if (text === undefined) return noOptions;
  if (text.length > longestFile) throw notAsWritten("it is too large");
  const value = valueIn(text);
  const { success, data, error } = fileShape.safeParse(value);
  if (!success) {
    const [issue] = error.issues;
    throw notAsWritten([issue?.path.join("."), issue?.message].filter((part) => part).join(": "));
  }
  return { variables: data.variables, autoGateway: data.autoGateway?.enabled };
}
