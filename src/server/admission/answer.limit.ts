import type { HTTPGraphQLResponse } from "@apollo/server";
import { BadUserInput, type SettError } from "../../errors.ts";
import type { Log } from "../../log.ts";

/** Stands for the text of an answer that is longer than any string can be. */
const unwritable = "";

/** An answer's text, and what it ends with; checked for its length afterwards. */
export function answerText(answer: unknown, end = ""): string {
  try {
    return JSON.stringify(answer) + end;
  } catch (error) {
    if (error instanceof RangeError && error.message === "Invalid string length") return unwritable;
    throw error;
  }
}

/** Why an answer is too long to be given, if so. */
export function answerTooLong(body: HTTPGraphQLResponse["body"], limit: number): SettError | undefined {
  return body.kind === "complete" ? textTooLong(body.string, limit) : undefined;
}

/** The same of its text. */
export function textTooLong(text: string, limit: number): SettError | undefined {
  if (text !== unwritable && text.length <= limit) return undefined;
  const length = text === unwritable ? "too many" : text.length;
  return new BadUserInput([
    { field: "query", message: `its answer has ${length} characters; at most ${limit} are given` },
  ]);
}

/** Says in the log that an operation's answer was not given; the operation itself was counted and logged when it was done. */
export function noteUngiven(log: Log, requestId: string, { code }: SettError): void {
  log.info({ requestId, codes: [code] }, "an answer was too long to be given");
}
