import { NotGraphql } from "../errors/client.errors.ts";
import { errorsOf } from "../errors/error-of.ts";
import type { AnsweredError, SettError } from "../errors/sett.error.ts";

/** What was answered: as much as could be, and what went wrong with the rest. */
export interface Answer<Data> {
  /** Null where nothing could be answered; within it, what failed is null. */
  readonly data: Data | null;
  readonly errors: readonly SettError[];
}

/** An answer as it is read from a connection. */
export interface RawAnswer {
  readonly data?: unknown;
  readonly errors?: readonly AnsweredError[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether something is an answer in GraphQL's form. */
export function isRawAnswer(value: unknown): value is RawAnswer {
  if (!isObject(value)) return false;
  const { data, errors } = value;
  const areErrors =
    Array.isArray(errors) && errors.every((each) => isObject(each) && typeof each["message"] === "string");
  return areErrors || (errors === undefined && isObject(data));
}

/** What an answer says, its errors as classes. */
export function answerOf<Data>({ data, errors }: RawAnswer, requestId?: string): Answer<Data> {
  return { data: (data ?? null) as Data | null, errors: errorsOf(errors, { requestId }, data ?? undefined) };
}

/** Reads an answer that came over HTTP. */
export async function readAnswer(response: Response): Promise<Answer<unknown>> {
  const body: unknown = await response.json().catch((error: unknown) => {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  });
  if (!isRawAnswer(body)) throw new NotGraphql(response.status);
  return answerOf(body, response.headers.get("x-request-id") ?? undefined);
}
