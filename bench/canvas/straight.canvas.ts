import type { UpstreamAddresses } from "../../src/config.ts";
import type { Caller } from "./caller.ts";
import type { SavedModel } from "./saved.model.ts";

/** What a canvas reads when it opens, each thing as the workspace tells it. */
export const readPaths = (producer: string) =>
  ({
    document: `Projects/${producer}-dev`,
    models: `Facets/server/models?filter=${encodeURIComponent(
      JSON.stringify({ include: ["properties", "relations", "methods", "validations", "accessControls"] }),
    )}`,
    configs: "Facets/server/modelConfigs",
    dataSources: "Facets/server/datasources",
    files: "WorkspaceFiles/files",
    status: "WorkspaceStatus/1",
  }) as const;

export type Reading = keyof ReturnType<typeof readPaths>;

const atProjectApi: ReadonlySet<string> = new Set<Reading>(["document", "files", "status"]);

/** A canvas that calls the workspace's APIs itself. */
export interface StraightCanvas {
  /** Eight calls, one after the other; a rename is two more before them. */
  readonly save: (model: SavedModel, previous?: SavedModel) => Promise<void>;
  /** Six answers, all asked for at once. */
  readonly loadAtOnce: () => Promise<readonly string[]>;
  readonly loadInTurn: () => Promise<readonly string[]>;
  readonly read: (what: Reading) => Promise<unknown>;
}

export function straightCanvas(
  { call }: Caller,
  { workspaceApi, projectApi }: UpstreamAddresses,
  producer: string,
): StraightCanvas {
  const at = (template: string) => template.replace("$PRODUCER", producer).replace("$ENV", "dev");
  const workspace = at(workspaceApi);
  const facetName = "server";
  const post = (collection: string, body: object) => call("POST", `${workspace}/${collection}`, body);
  const remove = (path: string) => call("DELETE", `${workspace}/${path}`);
  const reads = Object.entries(readPaths(producer)).map(
    ([what, path]) => [what, `${atProjectApi.has(what) ? at(projectApi) : workspace}/${path}`] as const,
  );

  return {
    save: async ({ name, properties, relations, methods, config, ...definition }, previous) => {
      const modelId = `${facetName}.${name}`;
      const part = (each: { readonly name: string }) => ({
        id: `${modelId}.${each.name}`,
        modelId,
        facetName,
        ...each,
      });
      const own = { base: "PersistedModel", public: true, strict: false, ...definition };
      if (previous && previous.name !== name) {
        await remove(`ModelConfigs/${facetName}.${previous.name}`);
        await remove(`ModelDefinitions/${facetName}.${previous.name}`);
      }
      await post("ModelConfigs", { id: modelId, facetName, name, ...config });
      await post("ModelDefinitions", { id: modelId, facetName, name, ...own });
      await remove(`ModelDefinitions/${modelId}/properties`);
      await post("ModelProperties", properties.map(part));
      await remove(`ModelDefinitions/${modelId}/relations`);
      await post("ModelRelations", relations.map(part));
      await remove(`ModelDefinitions/${modelId}/methods`);
      await post(
        "ModelMethods",
        methods.map((method) => ({ modelId, facetName, ...method })),
      );
    },
    loadAtOnce: () => Promise.all(reads.map(([, url]) => call("GET", url))),
    loadInTurn: async () => {
      const answers: string[] = [];
      for (const [, url] of reads) answers.push(await call("GET", url));
      return answers;
    },
    read: async (what) => {
      const [, url = ""] = reads.find(([each]) => each === what) ?? [];
      return JSON.parse(await call("GET", url)) as unknown;
    },
  };
}
