import { randomUUID } from "node:crypto";
import { BadUserInput, NotFound, UpstreamUnavailable } from "../../../errors.ts";
import type { ProjectGrant } from "../../../permissions/grant.ts";
import type { Outcome } from "../document.service.ts";
import type { JsonObject } from "../json.ts";
import { checkSize } from "../loopback.answer.ts";
import { isSame } from "../merge/canonical.ts";
import { projectId } from "../project-api.client.ts";
import { carryOut } from "../steps.ts";
import type { StoredDataSource } from "../workspace-api.client.ts";
import type { WorkspaceMeans } from "../workspace.service.ts";
import { changed, since, type DataSourceChange } from "./data-source.change.ts";
import { deletionConflict, goneConflict, unknownConflict } from "./data-source.conflict.ts";
import { mergedContent } from "./data-source.merge.ts";
import { contentOf, inOrder, readDataSource, type ReadDataSource } from "./data-source.reader.ts";
import { bodyOf, createDataSourceStore, named, type All } from "./data-source.store.ts";
import { createTrial, type Trial } from "./data-source.trial.ts";
import type { Shown } from "./secrets.ts";

/** A data source as it is after a write. */
export interface SavedDataSource {
  readonly dataSource: ReadDataSource;
  readonly outcome: Outcome;
}

/** A project's data sources: what leaves here holds no secret, neither in answers nor in errors. */
export interface DataSourcesService {
  readonly read: (grant: ProjectGrant) => Promise<readonly ReadDataSource[]>;
  /** Starts from the named revision, or from what is there when none is named. */
  readonly save: (
    grant: ProjectGrant<"write">,
    change: DataSourceChange,
    revision: string | undefined,
  ) => Promise<SavedDataSource>;
  readonly remove: (
    grant: ProjectGrant<"write">,
    name: string,
    revision: string | undefined,
  ) => Promise<void>;
  readonly test: Trial;
}

/** A data source that is there, as it is stored and as it is shown. */
interface There {
  readonly stored: StoredDataSource;
  readonly now: ReadDataSource;
}

export function createDataSourcesService(means: WorkspaceMeans): DataSourcesService {
  const { workspaceApi, access, revisions } = means;
  const store = createDataSourceStore(workspaceApi);
  const scopeOf = (grant: ProjectGrant, name: string) => `data source ${projectId(grant)} ${name}`;

  /** It is remembered once somebody is told its revision. */
  const read = (grant: ProjectGrant, stored: StoredDataSource): ReadDataSource =>
    readDataSource(stored, (revision, { name, shown, secrets }) => {
      void revisions.remember(scopeOf(grant, name), revision, { shown, secrets });
    });

  const recalled = async (grant: ProjectGrant, name: string, revision: string): Promise<Shown | undefined> =>
    (await revisions.recall(scopeOf(grant, name), revision)) as Shown | undefined;

  const contentToStore = async (
    grant: ProjectGrant,
    there: There | undefined,
    change: DataSourceChange,
    all: All,
    revision: string | undefined,
  ): Promise<JsonObject> => {
    if (!there) {
      if (revision !== undefined) {
        throw goneConflict(await recalled(grant, change.name, revision), change);
      }
      const { content } = changed({}, {}, change);
      return { lunchbadgerId: randomUUID(), itemOrder: nextPlace(all), ...content };
    }
    const { stored, now } = there;
    if (revision === undefined || revision === now.revision)
      return changed(stored, now.shown, change).content;
    const base = await recalled(grant, stored.name, revision);
    if (base) {
      const own = changed(stored, now.shown, since(base.shown, change));
      return mergedContent(stored, base.shown, own, now);
    }
    const conflict = unknownConflict(now, changed(stored, now.shown, change));
    if (conflict) throw conflict;
    return contentOf(stored);
  };

  const save: DataSourcesService["save"] = (grant, change, revision) =>
    access.write(grant, async (lost) => {
      const { name } = change;
      const all = await store.look(grant);
      const stored = named(all, name);
      if (!stored) refuseLikeness(all, name);
      const there = stored && { stored, now: read(grant, stored) };
      const content = await contentToStore(grant, there, change, all, revision);
      const outcome = outcomeOf(there?.now, revision);
      if (there && isSame(contentOf(there.stored), content)) {
        return { dataSource: there.now, outcome };
      }
      const wanted = bodyOf(name, stored && "error" in stored ? { error: null, ...content } : content);
      checkSize(wanted, "the data source");
      const done = await carryOut([store.saving(grant, stored, wanted)], {
        look: () => store.look(grant),
        lost,
      });
      const saved = named(done.state, name);
      if (!saved) throw new UpstreamUnavailable("workspace-api", "a saved data source is not there");
      return { dataSource: read(grant, saved), outcome };
    });

  return {
    read: async (grant) => (await store.look(grant)).map((stored) => read(grant, stored)).sort(inOrder),
    save,
    remove: (grant, name, revision) =>
      access.write(grant, async (lost) => {
        const [all, configs] = await Promise.all([store.look(grant), workspaceApi.modelConfigs(grant)]);
        const stored = named(all, name);
        if (!stored) throw new NotFound("data source");
        const now = read(grant, stored);
        if (revision !== undefined && revision !== now.revision) {
          throw deletionConflict(await recalled(grant, name, revision), now);
        }
        const users = configs.filter(({ dataSource }) => dataSource === name).map((config) => config.name);
        if (users.length > 0) {
          const message = `is used by ${users.join(", ")}: attach them to another first`;
          throw new BadUserInput([{ field: "input.name", message }]);
        }
        await carryOut([store.removing(grant, stored)], { look: () => store.look(grant), lost });
      }),
    test: createTrial(access, store),
  };
}

/** The place behind all others on a canvas. */
function nextPlace(all: All): number {
  return Math.max(-1, ...all.map(({ itemOrder }) => (typeof itemOrder === "number" ? itemOrder : -1))) + 1;
}

/** Two names that differ in case only would be taken for one another by everybody who reads them. */
function refuseLikeness(all: All, name: string): void {
  const like = all.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!like) return;
  const message = `differs from ${like.name}, which is there already, in upper and lower case only`;
  throw new BadUserInput([{ field: "input.name", message }]);
}

function outcomeOf(now: ReadDataSource | undefined, revision: string | undefined): Outcome {
  if (revision === undefined) return "LAST_WRITE_WINS";
  return now?.revision === revision ? "SAVED" : "MERGED";
}
