import { ClusterRefusal } from "./cluster.errors.ts";

/**
 * Why the cluster does not do what it was asked to do with an object. `TAKEN`: somebody else sets a field that was to be
 * set. `CHANGED`: it is no longer what it was taken for. `EXISTS`: there is one of that name. `INVALID`: it makes no
 * sense to the cluster, or breaks a rule. `FORBIDDEN`: whoever asks may not, or a limit is reached. `MISSING`: there is
 * no such object, or no such kind.
 */
export type RefusalKind = "TAKEN" | "CHANGED" | "EXISTS" | "INVALID" | "FORBIDDEN" | "MISSING";

const longestWords = 300;

/** The cluster has understood and refused; asking again the same way is of no use. */
export class ObjectRefusal extends Error {
  readonly kind: RefusalKind;
  /** Why, in the cluster's words, cut short. */
  readonly words: string;

  constructor(kind: RefusalKind, words: string) {
    super(`The cluster refused: ${kind}.`);
    this.name = "ObjectRefusal";
    this.kind = kind;
    this.words = words;
  }
}

function kindOf({ status, reason, particulars }: ClusterRefusal): RefusalKind | undefined {
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return "INVALID";
    case 403:
      return "FORBIDDEN";
    case 404:
      return "MISSING";
    case 409: {
      if (reason === "AlreadyExists") return "EXISTS";
      const isTaken = particulars?.causes.some((cause) => cause.reason === "FieldManagerConflict");
      return isTaken ? "TAKEN" : "CHANGED";
    }
    default:
      return undefined;
  }
}

function wordsOf({ status, reason, particulars }: ClusterRefusal): string {
  const causes = (particulars?.causes ?? [])
    .slice(0, 3)
    .map(({ field, message }) => (field === undefined ? message : `${field}: ${message}`));
  // What is compared is quoted from the second line on.
  const [message] = (particulars?.message ?? reason ?? `status ${status}`).split("\n");
  const words = causes.length > 0 ? causes.join("; ").replace(/\s+/g, " ") : (message ?? "");
  return words.slice(0, longestWords);
}

/** An answer as what it means for an object; whatever else went wrong stays what it is. */
export function objectRefusal(error: unknown): unknown {
  if (!(error instanceof ClusterRefusal)) return error;
  const kind = kindOf(error);
  return kind === undefined ? error : new ObjectRefusal(kind, wordsOf(error));
}

/** Whether an answer says that there is no such object: one that says so of its kind or its namespace does not. */
export function saysAbsent(error: unknown, plural: string, name: string): boolean {
  if (!(error instanceof ClusterRefusal) || error.status !== 404 || error.reason !== "NotFound") return false;
  return error.particulars?.kind === plural && error.particulars.name === name;
}
