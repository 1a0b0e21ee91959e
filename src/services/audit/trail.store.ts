import type { AuditEntry } from "./audit.entry.ts";

/** The repository whose trail an entry is kept in, and how. */
export interface Keeping {
  /** As `owner/name`, in small letters. */
  readonly trail: string;
  /** Whether it was let through: what was refused is kept apart, so that it pushes nothing else out. */
  readonly isLetThrough: boolean;
  /** Whether there is such a repository for certain: otherwise it is kept only beside what is kept already. */
  readonly mayBegin: boolean;
}

/** Which entries are asked for, newest first. */
export interface AskedPart {
  readonly first: number;
  readonly after: string | undefined;
  readonly matches: (entry: AuditEntry) => boolean;
}

/** An entry with its place in what was read. */
export interface PlacedEntry {
  readonly position: string;
  readonly entry: AuditEntry;
}

/** A part of what is kept of some repositories. */
export interface TrailPart {
  readonly entries: readonly PlacedEntry[];
  /** Whether there are, or may be, older ones of those that were asked for. */
  readonly hasMore: boolean;
  /** How far was looked, to go on from there. */
  readonly end: string | undefined;
  /** How many entries could not be kept, as far as is known. */
  readonly lost: number;
}

/** Where entries are kept for those who may read them. */
export interface TrailStore {
  /** Returns at once: nobody waits for it. */
  readonly keep: (entry: AuditEntry, keeping: Keeping) => void;
  /** Of these repositories together. */
  readonly read: (trails: readonly string[], asked: AskedPart) => Promise<TrailPart>;
  /** Writes what waits, if that is possible now. */
  readonly close: () => Promise<void>;
}

/** What is kept of a repository: what was done, and what was refused. */
export const partsOf = (trail: string): readonly [done: string, refused: string] => [
  trail,
  `${trail}:refused`,
];
