import type { HTTPGraphQLResponse } from "@apollo/server";
import { BadUserInput, type SettError } from "../../errors.ts";

/** Why an answer is too long to be given, if so. */
export function answerTooLong(body: HTTPGraphQLResponse["body"], limit: number): SettError | undefined {
  return body.kind === "complete" ? textTooLong(body.string, limit) : undefined;
}

/** The same of its text. */
export function textTooLong(text: string, limit: number): SettError | undefined {
  if (text.length <= limit) return undefined;
  return new BadUserInput([
    { field: "query", message: `its answer has ${text.length} characters; at most ${limit} are given` },
  ]);
}
