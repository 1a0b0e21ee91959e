import type { Context } from "../context.ts";
import type { Question } from "./permission.question.ts";

/** A change that somebody asks for: a root field of a mutation. */
export interface AskedChange {
  readonly field: string;
  readonly operation: string | undefined;
  /** Its rules, with what they are about. */
  readonly questions: readonly Question[];
  readonly args: Readonly<Record<string, unknown>>;
}

/** One change, of which is told once how it went. */
export interface ChangeNote {
  /** Whoever asks for it may. */
  readonly letThrough: () => void;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Where in what was asked somebody was refused. */
export interface RefusedPlace {
  readonly kind: "mutation" | "query" | "subscription" | "operation";
  /** Whether all of the operation was refused. */
  readonly isWhole: boolean;
  /** The graph's name of the field, where the error tells it. */
  readonly field: string | undefined;
  readonly operation: string | undefined;
}

/** Of what was refused before anybody looked into it. */
export const unread: RefusedPlace = {
  kind: "operation",
  isWhole: true,
  field: undefined,
  operation: undefined,
};

/** Of whom something is noted, and in which request. */
export type Noted = Pick<Context, "requestId" | "signedIn" | "identifiedBy" | "traceId">;

/** Takes note of what people do, and of what they are refused. */
export interface AuditNotes {
  readonly begin: (context: Noted, change: AskedChange) => ChangeNote;
  /** Of errors that are no refusals nothing is noted. */
  readonly refused: (context: Noted, error: unknown, place: RefusedPlace) => void;
}
