import { errorCodes } from "../../src/errors.ts";
import type { AnsweredError } from "../support/sett.ts";
import { canaries } from "./canaries.ts";

/** An answer over HTTP, or an event of a subscription. */
export interface Observed {
  /** To the letter. */
  readonly text: string;
  /** Undefined over a socket. */
  readonly status: number | undefined;
  readonly data: unknown;
  readonly errors: readonly AnsweredError[];
}

export interface Expectation {
  /** The canaries that whoever asked may be told of. */
  readonly told: ReadonlySet<string>;
  /** What no answer holds, such as tokens. */
  readonly secrets: readonly string[];
}

const codes = new Set<string>([
  ...Object.keys(errorCodes),
  ...["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "OPERATION_RESOLUTION_FAILURE", "BAD_REQUEST"],
]);

/** What an answer is made of inside, and nobody outside is told. */
const insides = [
  /\n\s+at \S/,
  /node_modules|node:internal|file:\/\/|\.ts:\d/,
  /\bE(?:CONN|TIMEDOUT|PIPE|NOTFOUND|AI_)/,
  /127\.0\.0\.1|localhost|https?:\/\/[^\s"]*:\d/,
  /Cannot read propert|is not a function|is not iterable|undefined\b.*reading/,
];

/** What stands at a path, or null as soon as something on the way is. */
function at(data: unknown, path: readonly (string | number)[]): unknown {
  let value = data;
  for (const key of path) {
    if (value === null || value === undefined) return null;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

function* problemsOfError({ message, path, extensions }: AnsweredError, data: unknown): Generator<string> {
  const { code } = extensions;
  if (!codes.has(code)) yield `the code ${code} is none of the table`;
  if (code === "INTERNAL_SERVER_ERROR") yield "something broke";
  // A conflict shows what people have saved, which may be anything.
  const { current: _current, entities: _entities, ...told } = extensions;
  const text = JSON.stringify({ message, ...told });
  for (const inside of insides) if (inside.test(text)) yield `an error tells of the inside: ${text}`;
  if (path && (at(data, path) ?? null) !== null) yield `there is data where ${path.join(".")} was refused`;
}

/** Whatever is wrong with an answer, whoever gets it. */
export function* problemsOf(
  { text, status, data, errors }: Observed,
  expected: Expectation,
): Generator<string> {
  for (const error of errors) yield* problemsOfError(error, data);
  if (status !== undefined) {
    const right =
      data !== undefined
        ? [200]
        : errors.some(({ extensions: { code } }) => code === "RATE_LIMITED")
          ? [400, 429, 503]
          : [400];
    if (!right.includes(status)) yield `the status is ${status}`;
  }
  if (data === undefined && errors.length === 0) yield "there is neither data nor an error";
  for (const secret of expected.secrets) if (text.includes(secret)) yield `${secret} is told`;
  const spoken = text.toLowerCase();
  for (const { word } of canaries) {
    if (spoken.includes(word) && !expected.told.has(word)) yield `${word} is told`;
  }
}
