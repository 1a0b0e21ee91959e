import { registerEnumType } from "type-graphql";

/** What became of what somebody asked for. */
export enum AuditOutcome {
  DONE = "DONE",
  REFUSED = "REFUSED",
  FAILED = "FAILED",
  UNFINISHED = "UNFINISHED",
}

registerEnumType(AuditOutcome, {
  name: "AuditOutcome",
  description: "What became of what somebody asked for.",
  valuesConfig: {
    DONE: { description: "It was done." },
    REFUSED: { description: "They may not do it, or not even know of it." },
    FAILED: { description: "It was not done, or not all of it: the code says why." },
    UNFINISHED: { description: "It was begun, and what became of it is not known." },
  },
});

/** How something was asked for. */
export enum AuditKind {
  MUTATION = "MUTATION",
  QUERY = "QUERY",
  SUBSCRIPTION = "SUBSCRIPTION",
}

registerEnumType(AuditKind, {
  name: "AuditKind",
  description: "How something was asked for.",
  valuesConfig: {
    MUTATION: { description: "As a change." },
    QUERY: { description: "To be read." },
    SUBSCRIPTION: { description: "To be told of as it happens." },
  },
});
