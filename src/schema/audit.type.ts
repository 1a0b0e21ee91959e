import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import type { AuditEntry as KeptEntry } from "../services/audit/audit.entry.ts";
import type { PlacedEntry, TrailPart } from "../services/audit/trail.store.ts";
import { AuditKind, AuditOutcome } from "./audit.enums.ts";
import { AuditPosition, EnvironmentName, Login } from "./scalars.ts";

@ObjectType("AuditName", {
  description: "A name that was given with what was asked for.",
  simpleResolvers: true,
})
export class AuditName {
  @Field(() => String, { description: "The argument, below `input`." })
  argument!: string;

  @Field(() => String, { description: "What stood there; of a long one the beginning." })
  value!: string;
}

@ObjectType("AuditEntry", {
  description: "One thing that somebody did, or was not let do.",
  simpleResolvers: true,
})
export class AuditEntry {
  @Field(() => AuditPosition, { description: "Where it is: pass it as `after` to go on behind it." })
  position!: string;

  @Field(() => GraphQLDateTime, { description: "When it was over." })
  at!: Date;

  @Field(() => Login, {
    nullable: true,
    description: "Who it was: a Gitea account; null where Gitea could not be asked.",
  })
  login?: string | undefined;

  @Field(() => String, {
    description: "How they said who they are: `gitea-token`, `session` or `id-token`.",
  })
  identifiedBy!: string;

  @Field(() => AuditKind, { description: "How it was asked for." })
  kind!: AuditKind;

  @Field(() => String, { nullable: true, description: "The field of the graph that was asked for." })
  field?: string | undefined;

  @Field(() => String, { nullable: true, description: "What the asker called the operation." })
  operation?: string | undefined;

  @Field(() => String, { nullable: true, description: "The permission that it needs." })
  permission?: string | undefined;

  @Field(() => EnvironmentName, {
    nullable: true,
    description: "The environment that was named; null where a repository or a producer was.",
  })
  env?: string | undefined;

  @Field(() => [AuditName], { description: "The names that were given with it." })
  named!: readonly AuditName[];

  @Field(() => AuditOutcome, { description: "What became of it." })
  outcome!: AuditOutcome;

  @Field(() => String, { nullable: true, description: "The code of the error; null where there is none." })
  code?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: "The service that did not answer, if it was for that.",
  })
  upstream?: string | undefined;

  @Field(() => Float, { nullable: true, description: "How long it took, in milliseconds." })
  milliseconds?: number | undefined;

  @Field(() => Int, {
    description: "How often the same was refused again in the minute before: such are not kept one by one.",
  })
  repeated!: number;

  @Field(() => String, { description: "The request that it came with, as in the log." })
  requestId!: string;
}

@ObjectType("AuditTrail", {
  description: "What people did to a project, or were not let do.",
  simpleResolvers: true,
})
export class AuditTrail {
  @Field(() => [AuditEntry], { description: "The newest first." })
  entries!: readonly AuditEntry[];

  @Field(() => Boolean, {
    description:
      "Whether there are older ones. At most 1,000 are looked at for one answer: with a filter there may be fewer entries here than were asked for, or none, and still more to come.",
  })
  hasMore!: boolean;

  @Field(() => AuditPosition, {
    nullable: true,
    description: "How far was looked: pass it as `after` to go on.",
  })
  endPosition?: string | undefined;

  @Field(() => Int, {
    description: "How many entries are missing between these, because they could not be kept.",
  })
  lost!: number;

  @Field(() => Boolean, {
    description: "Whether what concerns the functions is among them: you need `functions:admin` for that.",
  })
  hasFunctions!: boolean;
}

@InputType("AuditFilter", { description: "Which entries: those that fit in everything that is said." })
export class AuditFilter {
  @Field(() => Login, { nullable: true, description: "Whose." })
  login?: string | null;

  @Field(() => AuditOutcome, { nullable: true, description: "What became of them." })
  outcome?: AuditOutcome | null;

  @Field(() => String, { nullable: true, description: "The field of the graph that was asked for." })
  field?: string | null;
}

const isKind = (kind: string): kind is AuditKind => Object.hasOwn(AuditKind, kind);

function toEntry({ position, entry }: PlacedEntry): AuditEntry {
  const { at, by, kind, outcome, named, repeated, ...shown } = entry;
  const shownKind = kind.toUpperCase();
  return Object.assign(new AuditEntry(), shown, {
    position,
    at: new Date(at),
    identifiedBy: by,
    kind: isKind(shownKind) ? shownKind : AuditKind.QUERY,
    outcome: AuditOutcome[outcome.toUpperCase() as keyof typeof AuditOutcome],
    named: Object.entries(named ?? {}).map(([argument, value]) => ({ argument, value })),
    repeated: repeated ?? 0,
  });
}

/** A part of a trail as the graph shows it. */
export function toAuditTrail(
  { entries, hasMore, lost, end: endPosition }: TrailPart,
  hasFunctions: boolean,
): AuditTrail {
  return Object.assign(new AuditTrail(), {
    entries: entries.map(toEntry),
    hasMore,
    endPosition,
    lost,
    hasFunctions,
  });
}

/** Which of the entries that are kept a filter lets through. */
export function filtered(filter: AuditFilter | null | undefined): (entry: KeptEntry) => boolean {
  const login = filter?.login?.toLowerCase();
  const { outcome, field } = filter ?? {};
  return (entry) =>
    (login === undefined || entry.login?.toLowerCase() === login) &&
    (outcome == null || AuditOutcome[outcome].toLowerCase() === entry.outcome) &&
    (field == null || entry.field === field);
}
