import { Conflict, NotFound } from "../../errors.ts";
import type { ProjectGrant } from "../../permissions/grant.ts";
import { checkConnections } from "./document/connection.rule.ts";
import { checkDocument } from "./document/document.rule.ts";
import type { JsonObject } from "./json.ts";
import { conflictEntities } from "./merge/conflict.ts";
import { isSame, revisionOf } from "./merge/canonical.ts";
import { madeOnce } from "./merge/made.once.ts";
import type { EntityConflict } from "./merge/merge.ts";
import { changedFields, toEntities, withKeptIds } from "./merge/project.entities.ts";
import { mergeProjects } from "./merge/project.merge.ts";
import { projectId } from "./project-api.client.ts";
import { carryOut, type Step } from "./steps.ts";
import type { WorkspaceMeans } from "./workspace.service.ts";

/** A project's document, and what tells this state of it from others: it is remembered once somebody is told. */
export interface ReadDocument {
  readonly document: JsonObject;
  readonly revision: string;
}

const revisionOfDocument = madeOnce((document: JsonObject) => revisionOf(document));

/** How a write went along with those of others. */
export type Outcome = "SAVED" | "MERGED" | "LAST_WRITE_WINS";

/** A document as it is after a write. */
export interface SavedDocument extends ReadDocument {
  readonly outcome: Outcome;
}

/** What somebody wants to be different, told as the document they want in place of the one they started from. */
export type Change = (from: JsonObject) => JsonObject;

/** Projects' documents: read with a revision, and changed without losing what others changed meanwhile. */
export interface DocumentService {
  readonly read: (grant: ProjectGrant) => Promise<ReadDocument>;
  /** Starts from the named revision, or from what is there when none is named. */
  readonly save: (
    grant: ProjectGrant<"write">,
    change: Change,
    options: {
      readonly revision: string | undefined;
      /** The ids that functions have on the canvas; undefined when they cannot be told. */
      readonly functions: () => Promise<ReadonlySet<string> | undefined>;
    },
  ) => Promise<SavedDocument>;
}

const conflictMessage = "Others changed the same things since the revision you started from.";
const unknownMessage =
  "The revision you started from is no longer known here: read the project again and make your change to that.";

export function createDocumentService(means: WorkspaceMeans): DocumentService {
  const { projectApi, workspaceApi, revisions, access } = means;
  const scopeOf = (grant: ProjectGrant) => `project ${projectId(grant)}`;

  const known = (grant: ProjectGrant, document: JsonObject): ReadDocument => {
    let told: string | undefined;
    const tell = () => {
      const revision = revisionOfDocument(document);
      void revisions.remember(scopeOf(grant), revision, document);
      return revision;
    };
    return {
      document,
      get revision() {
        return (told ??= tell());
      },
    };
  };

  const read = async (grant: ProjectGrant): Promise<ReadDocument> => {
    const document = await projectApi.document(grant);
    if (!document) throw new NotFound("project");
    return known(grant, document);
  };

  /** What the writer started from: a revision that nobody knows any more leads to a conflict, never to a guess. */
  const started = async (grant: ProjectGrant, now: ReadDocument, change: Change, revision?: string) => {
    if (revision === undefined || revision === now.revision) return now.document;
    const base = await revisions.recall(scopeOf(grant), revision);
    if (base !== undefined) return base as JsonObject;
    const conflicts = differing(now.document, withKeptIds(change(now.document), now.document));
    // Who wants what is there already cannot overwrite anything.
    if (conflicts.length === 0) return now.document;
    throw new Conflict(unknownMessage, { revision: now.revision }, conflictEntities(conflicts));
  };

  const mergedInto = (now: ReadDocument, base: JsonObject, mine: JsonObject): JsonObject => {
    const result = mergeProjects(base, now.document, mine);
    if ("merged" in result) return result.merged;
    throw new Conflict(conflictMessage, { revision: now.revision }, conflictEntities(result.conflicts));
  };

  /** The one call that stores the change; the platform may write it down in another way, but not as it was. */
  const storing = (
    grant: ProjectGrant<"write">,
    now: ReadDocument,
    wanted: JsonObject,
  ): Step<ReadDocument> => ({
    title: "Save the project's document",
    apply: () => projectApi.change(grant, changedFields(now.document, wanted)),
    isDone: ({ document }) => isStored(document, wanted, now.document),
    undo: () => projectApi.change(grant, changedFields(wanted, now.document)),
  });

  return {
    read,
    save: (grant, change, { revision, functions }) =>
      access.write(grant, async (lost) => {
        const now = await read(grant);
        const base = await started(grant, now, change, revision);
        const mine = withKeptIds(change(base), now.document);
        const wanted = base === now.document ? mine : mergedInto(now, base, mine);
        checkDocument(wanted, now.document);
        const models = () => workspaceApi.models(grant);
        await checkConnections(wanted, { now, mine, models, functions });
        const outcome: Outcome =
          revision === undefined ? "LAST_WRITE_WINS" : revision === now.revision ? "SAVED" : "MERGED";
        if (revisionOf(wanted) === now.revision) return { ...now, outcome };
        const { state } = await carryOut([storing(grant, now, wanted)], { look: () => read(grant), lost });
        return { ...state, outcome };
      }),
  };
}

/**
 * Whether a document shows what was to be stored. The platform may write a value down in another way, so what is
 * compared of a list is what is in it, and that it is not as it was before.
 */
function isStored(there: JsonObject, wanted: JsonObject, before: JsonObject): boolean {
  const keys = (document: JsonObject, field: string) => [
    ...toEntities({ [field]: document[field] ?? null }).keys(),
  ];
  return Object.keys(changedFields(before, wanted)).every(
    (field) =>
      isSame(there[field], wanted[field]) ||
      (!isSame(there[field], before[field]) && isSame(keys(there, field), keys(wanted, field))),
  );
}

/** What would be overwritten, where nobody knows what the writer started from. */
function differing(there: JsonObject, here: JsonObject): readonly EntityConflict[] {
  const [theirs, mine] = [toEntities(there), toEntities(here)];
  return [...new Set([...theirs.keys(), ...mine.keys()])]
    .map((entity) => ({ entity, base: undefined, theirs: theirs.get(entity), mine: mine.get(entity) }))
    .filter((each) => !isSame(each.theirs, each.mine));
}
