import { lastingDuration, wholeNumber, type Variable } from "./variable-types.ts";

/** How much of what people did is kept for those who run a project. */
export const auditVariables = {
  AUDIT_LENGTH: {
    about:
      "Most entries that are kept of what was done to one repository, and as many of refusals; without REDIS_URL of all together twenty times as many.",
    unset: "1000",
    type: wholeNumber(10, 10_000),
  },
  AUDIT_TTL: {
    about: "How long they are kept.",
    unset: "30d",
    type: lastingDuration,
  },
} satisfies Record<string, Variable>;
