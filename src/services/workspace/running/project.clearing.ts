import { SettError } from "../../../errors.ts";
import type { ProjectGrant } from "../../../permissions/grant.ts";
import { filesOf, treeOf, type Files } from "../files/file.tree.ts";
import { objectIn } from "../files/file.rule.ts";
import type { JsonObject } from "../json.ts";
import type { Step } from "../steps.ts";
import type { Collection } from "../workspace-api.client.ts";
import type { WorkspaceMeans } from "../workspace.service.ts";

/** What is left of a project that is to be cleared. */
export interface Leftovers {
  /** By collection, the ids of what can still be asked for. */
  readonly ids: ReadonlyMap<Collection, readonly string[]>;
  /** Files of models that have lost their names, with the scripts beside them. */
  readonly nameless: readonly string[];
  /** Whether lists of the document hold something. */
  readonly isDrawn: boolean;
}

const modelFile = /^server\/models\/[^/]+\.json$/;

/** Models whose files say no name: what overlapping writes can leave, and what a clearing stumbles over. */
function namelessFiles(files: Files): readonly string[] {
  return Array.from(files)
    .filter(([path, text]) => modelFile.test(path) && typeof objectIn(text)?.["name"] !== "string")
    .flatMap(([path]) => [path, path.replace(/json$/, "js")].filter((each) => files.has(each)));
}

const isDrawn = (document: JsonObject) =>
  Object.values(document).some((value) => Array.isArray(value) && value.length > 0);

const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);

type Admin = ProjectGrant<"admin">;

/** Deleting everything on a canvas, however often the workspace gives up half way. */
export function createClearing({ projectApi, workspaceApi }: WorkspaceMeans) {
  const look = async (grant: Admin): Promise<Leftovers> => {
    const [models, configs, sources, tree, document] = await Promise.all([
      workspaceApi.models(grant),
      workspaceApi.modelConfigs(grant),
      workspaceApi.dataSources(grant),
      projectApi.files(grant),
      projectApi.document(grant),
    ]);
    return {
      ids: new Map([
        ["ModelDefinitions", ids(models)],
        ["ModelConfigs", ids(configs)],
        ["DataSourceDefinitions", ids(sources)],
      ]),
      nameless: namelessFiles(filesOf(tree)),
      isDrawn: isDrawn(document ?? {}),
    };
  };

  /** Deletes one by one what made the workspace give up; what does not go now is seen when it is looked for. */
  const deleteLeft = async (grant: Admin): Promise<void> => {
    const left = await look(grant);
    const isRefusal = (error: unknown) => {
      if (!(error instanceof SettError)) throw error;
    };
    if (left.nameless.length > 0) {
      const gone = new Map(left.nameless.map((path) => [path, undefined]));
      await projectApi.writeFiles(grant, treeOf(gone)).catch(isRefusal);
    }
    for (const [collection, all] of left.ids) {
      for (const id of all) await workspaceApi.remove(grant, collection, id).catch(isRefusal);
    }
  };

  const clearing = (grant: Admin): Step<Leftovers> => {
    let isFirst = true;
    return {
      title: "Clear the project",
      apply: async () => {
        if (!isFirst) await deleteLeft(grant);
        isFirst = false;
        await projectApi.clear(grant);
      },
      isDone: (left) =>
        !left.isDrawn &&
        left.nameless.length === 0 &&
        [...left.ids.values()].every((all) => all.length === 0),
      undo: () => Promise.reject(new Error("What was cleared cannot be put back.")),
    };
  };

  return { look, clearing };
}
