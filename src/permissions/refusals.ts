import type { SettError } from "../errors.ts";
import type { Question } from "./permission.question.ts";

const questions = new WeakMap<SettError, Question>();

/** The same error, of which is known from now on that it refuses a permission: nothing of that leaves with it. */
export function asRefusal<Refusal extends SettError>(error: Refusal, question: Question): Refusal {
  questions.set(error, question);
  return error;
}

const fields = new WeakMap<object, string>();

/** The same error, of which is known from now on which field's guard it came from: compiled queries do not say. */
export function refusedAt(error: unknown, field: string): unknown {
  if (error instanceof Error && !fields.has(error)) fields.set(error, field);
  return error;
}

/** The field whose guard an error came from. */
export const refusedField = (error: SettError): string | undefined => fields.get(error);

/** What was asked where an error is the policy's no; undefined for one that only looks the same. */
export const refusedQuestion = (error: SettError): Question | undefined => questions.get(error);
