import type { Code } from "./codes.ts";

/** What became of one step of a change that takes several. */
export interface StepReport {
  readonly title: string;
  readonly outcome: "DONE" | "UNDONE" | "LEFT" | "NOT_DONE";
}

/** An error as it stands in an answer. */
export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** The answer that an error came with. */
export interface ErrorContext {
  readonly requestId?: string | undefined;
}

/** Base of all that goes wrong with the gateway; there is a class for each code. */
export class SettError extends Error {
  override readonly name: string = "SettError";
  readonly code: Code;
  /** Where in the answer something is null for it. */
  readonly path: readonly (string | number)[] | undefined;
  /** What the gateway's log has of the request. */
  readonly requestId: string | undefined;
  /** All that came with it, also what this client has no name for. */
  readonly extensions: Readonly<Record<string, unknown>>;
  /** Every error of the same answer, this one with them. */
  errors: readonly SettError[] = [this];
  /** What was answered all the same. */
  data: unknown = undefined;

  constructor(answered: AnsweredError, { requestId }: ErrorContext = {}, options?: ErrorOptions) {
    super(answered.message, options);
    this.extensions = answered.extensions ?? {};
    this.code = textOf(this.extensions["code"]) ?? "INTERNAL_SERVER_ERROR";
    this.path = answered.path;
    this.requestId = textOf(this.extensions["requestId"]) ?? requestId;
  }

  /** What became of each step, of a change that takes several. */
  get steps(): readonly StepReport[] | undefined {
    return listOf(this.extensions["steps"]);
  }
}

/** A value that is a text, if it is one. */
export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** A value that is a list, if it is one; what is in it is the gateway's word. */
export const listOf = (value: unknown): readonly never[] | undefined =>
  Array.isArray(value) ? (value as readonly unknown[] as readonly never[]) : undefined;
