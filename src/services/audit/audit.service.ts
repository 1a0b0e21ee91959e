import { auditLogOf, type Log } from "../../log.ts";
import type { FunctionsGrant, ProjectGrant } from "../../permissions/grant.ts";
import type { RepositoryName } from "../../permissions/subject.ts";
import type { AuditEntry } from "./audit.entry.ts";
import type { AskedPart, Keeping, TrailPart, TrailStore } from "./trail.store.ts";

/** What people did, and what they were refused: written to the log, and kept for those who run the project. */
export interface AuditService {
  /** Writes a line; keeps it as well where it is about a repository of a producer's. */
  readonly record: (entry: AuditEntry, keeping: Keeping | undefined) => void;
  /** What happened to a project; to its functions, too, with a grant for those. */
  readonly trail: (
    project: ProjectGrant<"admin">,
    functions: FunctionsGrant<"admin"> | undefined,
    asked: AskedPart,
  ) => Promise<TrailPart>;
  readonly close: () => Promise<void>;
}

/** What tells a repository's trail from others. */
export const trailOf = ({ owner, name }: RepositoryName): string => `${owner}/${name}`.toLowerCase();

export function createAuditService(store: TrailStore, log: Log): AuditService {
  const lines = auditLogOf(log);
  return {
    record: (entry, keeping) => {
      const { id: _id, ...told } = entry;
      lines.info({ audit: true, ...told }, "audit");
      if (keeping) store.keep(entry, keeping);
    },
    trail: (project, functions, asked) =>
      store.read([project, ...(functions ? [functions] : [])].map(trailOf), asked),
    close: store.close,
  };
}
