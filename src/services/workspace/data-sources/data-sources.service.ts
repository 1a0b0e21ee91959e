import { randomUUID } from "node:crypto";
import { BadUserInput, Conflict, NotFound, UpstreamUnavailable } from "../../../errors.ts";
import type { ProjectGrant } from "../../../permissions/grant.ts";
import type { Outcome } from "../document.service.ts";
import type { JsonObject } from "../json.ts";
import { checkSize, reasonOf } from "../loopback.answer.ts";
import { isSame } from "../merge/canonical.ts";
import { projectId } from "../project-api.client.ts";
import { carryOut } from "../steps.ts";
import type { ConnectionTest, StoredDataSource } from "../workspace-api.client.ts";
import type { WorkspaceMeans } from "../workspace.service.ts";
import { changed, since, type DataSourceChange } from "./data-source.change.ts";
import { mergedContent } from "./data-source.merge.ts";
import { contentOf, inOrder, readDataSource, type ReadDataSource } from "./data-source.reader.ts";
import { bodyOf, createDataSourceStore, named, type All } from "./data-source.store.ts";
import { withoutSecretsOf } from "./secret.rule.ts";
import { secretsIn, withoutSecrets } from "./secrets.ts";

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
  readonly test: (grant: ProjectGrant<"write">, name: string) => Promise<ConnectionTest>;
}

export function createDataSourcesService(means: WorkspaceMeans): DataSourcesService {
  const { workspaceApi, access, revisions } = means;
  const store = createDataSourceStore(workspaceApi);
  const scopeOf = (grant: ProjectGrant, name: string) => `data source ${projectId(grant)} ${name}`;

  const known = (grant: ProjectGrant, stored: StoredDataSource): ReadDataSource => {
    const read = readDataSource(stored);
    const { shown } = withoutSecrets(contentOf(stored));
    void revisions.remember(scopeOf(grant, read.name), read.revision, shown);
    return read;
  };

  const contentToStore = async (
    grant: ProjectGrant,
    stored: StoredDataSource | undefined,
    change: DataSourceChange,
    all: All,
    revision: string | undefined,
  ): Promise<JsonObject> => {
    if (!stored && revision !== undefined) {
      throw new Conflict("The data source is no longer there.", { revision: null });
    }
    if (!stored) {
      const { content } = changed({}, change);
      return { lunchbadgerId: randomUUID(), itemOrder: nextPlace(all), ...content };
    }
    const now = readDataSource(stored).revision;
    if (revision === undefined || revision === now) return changed(stored, change).content;
    const base = (await revisions.recall(scopeOf(grant, stored.name), revision)) as JsonObject | undefined;
    return mergedContent(stored, base, changed(stored, base ? since(base, change) : change), now);
  };

  const save: DataSourcesService["save"] = (grant, change, revision) =>
    access.write(grant, async (lost) => {
      const { name } = change;
      const all = await store.look(grant);
      const stored = named(all, name);
      if (!stored) refuseLikeness(all, name);
      const content = await contentToStore(grant, stored, change, all, revision);
      const outcome = outcomeOf(stored, revision);
      if (stored && isSame(contentOf(stored), content)) return { dataSource: known(grant, stored), outcome };
      const wanted = bodyOf(name, stored && "error" in stored ? { error: null, ...content } : content);
      checkSize(wanted, "the data source");
      const done = await carryOut([store.saving(grant, stored, wanted)], {
        look: () => store.look(grant),
        lost,
      });
      const saved = named(done.state, name);
      if (!saved) throw new UpstreamUnavailable("workspace-api", "a saved data source is not there");
      return { dataSource: known(grant, saved), outcome };
    });

  return {
    read: async (grant) => (await store.look(grant)).map((stored) => known(grant, stored)).sort(inOrder),
    save,
    remove: (grant, name, revision) =>
      access.write(grant, async (lost) => {
        const [all, configs] = await Promise.all([store.look(grant), workspaceApi.modelConfigs(grant)]);
        const stored = named(all, name);
        if (!stored) throw new NotFound("data source");
        const now = readDataSource(stored).revision;
        if (revision !== undefined && revision !== now) {
          throw new Conflict("The data source has changed since you read it.", { revision: now });
        }
        const users = configs.filter(({ dataSource }) => dataSource === name).map((config) => config.name);
        if (users.length > 0) {
          const message = `is used by ${users.join(", ")}: attach them to another first`;
          throw new BadUserInput([{ field: "input.name", message }]);
        }
        await carryOut([store.removing(grant, stored)], { look: () => store.look(grant), lost });
      }),
    test: (grant, name) =>
      access.read(grant, async () => {
        const stored = named(await store.look(grant), name);
        if (!stored) throw new NotFound("data source");
        const { connects, message } = await store.test(grant, stored);
        if (message === undefined) return { connects };
        return { connects, message: reasonOf(withoutSecretsOf(message, secretsIn(contentOf(stored)))) };
      }),
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

function outcomeOf(stored: StoredDataSource | undefined, revision: string | undefined): Outcome {
  if (revision === undefined) return "LAST_WRITE_WINS";
  return stored && readDataSource(stored).revision === revision ? "SAVED" : "MERGED";
}
