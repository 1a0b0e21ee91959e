import { z } from "zod";

/** What became of what somebody asked for. */
export const auditOutcomes = ["done", "refused", "failed", "unfinished"] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** What was asked for; an operation is what was refused as a whole. */
export const auditKinds = ["mutation", "query", "subscription", "operation", "sign-in", "webhook"] as const;
export type AuditKind = (typeof auditKinds)[number];

const text = z.string();

/** All that an entry may say: there is no place in it for what somebody sent besides names. */
export const entryShape = z.object({
  id: text,
  at: z.iso.datetime(),
  requestId: text,
  traceId: text.optional(),
  kind: z.enum(auditKinds),
  /** The graph's field; of what was refused as a whole there is none. */
  field: text.optional(),
  operation: text.optional(),
  /** Undefined where Gitea could not be asked, and for nobody. */
  login: text.optional(),
  /** The way in which they said who they are. */
  by: text,
  permission: text.optional(),
  producer: text.optional(),
  env: text.optional(),
  repository: text.optional(),
  /** Names of what it was about, by the arguments that they were given in. */
  named: z.record(text, text).optional(),
  outcome: z.enum(auditOutcomes),
  code: text.optional(),
  upstream: text.optional(),
  milliseconds: z.number().optional(),
  /** How often the same was refused again since the last line about it. */
  repeated: z.number().optional(),
});

/** One thing that somebody did, or was not let do. */
export type AuditEntry = z.output<typeof entryShape>;

/** Reads an entry that was kept; undefined where it makes no sense. */
export function entryIn(json: string): AuditEntry | undefined {
  try {
    return entryShape.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
