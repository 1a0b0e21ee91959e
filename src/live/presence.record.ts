import { z } from "zod";
import { nameRules } from "../names.ts";

/** Somebody on a project, however many connections of theirs. */
export interface PresentPerson {
  readonly login: string;
  readonly fullName: string;
  /** Since when without a break, as an ISO text. */
  readonly since: string;
  readonly connections: number;
}

/** Who is on a project by way of one replica: those who have been there longest, and how many more there are. */
export interface PresenceRecord {
  readonly people: readonly PresentPerson[];
  readonly others: number;
}

/** Who is on a project, as far as is known. */
export interface PresenceState extends PresenceRecord {
  /** Since when those of other replicas may be wrong; undefined while they are right. */
  readonly staleSince: string | undefined;
}

/** Another replica's record, and how long it still counts unless it is renewed. */
export interface KeptPresence {
  readonly replica: string;
  readonly record: PresenceRecord;
  readonly leftMs: number;
}

/** Where replicas keep for each other who is there; fails with one of our errors. */
export interface PresenceStore {
  /** Keeps a replica's record for a while; the same again renews it. */
  readonly write: (project: string, replica: string, record: PresenceRecord) => Promise<void>;
  readonly remove: (project: string, replica: string) => Promise<void>;
  /** The records of all replicas that are still kept. */
  readonly read: (project: string) => Promise<readonly KeptPresence[]>;
}

/** So many people are told of; of the others how many. */
const mostTold = 200;

const person = z.object({
  login: z.string().refine(nameRules.Login.accepts),
  fullName: z.string(),
  since: z.iso.datetime(),
  connections: z.int().positive(),
});

/** What a record must be when it comes from outside. */
export const presenceShape: z.ZodType<PresenceRecord> = z.object({
  people: z.array(person).max(mostTold),
  others: z.int().nonnegative(),
});

const earlier = (one: PresentPerson, other: PresentPerson) =>
  one.since < other.since || (one.since === other.since && one.login < other.login) ? -1 : 1;

/** What several records say together: one entry a person, those first who have been there longest. */
export function mergePresence(records: readonly PresenceRecord[]): PresenceRecord {
  const people = new Map<string, PresentPerson>();
  for (const each of records.flatMap((record) => record.people)) {
    const key = each.login.toLowerCase();
    const known = people.get(key);
    const since = known && known.since < each.since ? known.since : each.since;
    people.set(key, { ...each, since, connections: each.connections + (known?.connections ?? 0) });
  }
  const sorted = [...people.values()].sort(earlier);
  const untold = records.reduce((sum, { others }) => sum + others, 0);
  return { people: sorted.slice(0, mostTold), others: untold + Math.max(0, sorted.length - mostTold) };
}
