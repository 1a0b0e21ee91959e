import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { propertyNames, type Door, type SavedModel } from "./door.ts";

interface StoredModel {
  readonly name?: string;
  readonly lunchbadgerId?: string;
  readonly properties: readonly { readonly description?: string }[];
}

interface StoredProject {
  readonly id: string;
  readonly name: string;
  readonly serviceEndpoints: readonly { readonly id: string; readonly urls: readonly string[] }[];
}

const include = encodeURIComponent(JSON.stringify({ include: ["properties"] }));

/** Straight to the workspace's two APIs, in the calls that a canvas makes of its own. */
export function straightDoor({ addresses }: Sandbox): Door {
  const at = (template: string) => template.replace("$PRODUCER", "demo").replace("$ENV", "dev");
  const workspace = at(addresses.workspaceApi);
  const projects = `${at(addresses.projectApi)}/Projects`;

  const send = async (method: string, url: string, body?: object): Promise<unknown> => {
    const response = await fetch(url, {
      method,
      headers: { "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} answered ${response.status}: ${text.slice(0, 200)}`);
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  };
  const post = (collection: string, body: object) => send("POST", `${workspace}/${collection}`, body);
  const remove = (path: string) => send("DELETE", `${workspace}/${path}`);

  const saveModel = async ({ name, canvasId, version }: SavedModel) => {
    const modelId = `server.${name}`;
    const facetName = "server";
    await post("ModelConfigs", { id: modelId, facetName, name, dataSource: "memory", public: true });
    await post("ModelDefinitions", { id: modelId, facetName, name, lunchbadgerId: canvasId });
    await remove(`ModelDefinitions/${modelId}/properties`);
    await post(
      "ModelProperties",
      propertyNames.map((property) => ({
        id: `${modelId}.${property}`,
        modelId,
        facetName,
        name: property,
        type: "string",
        description: version,
      })),
    );
  };
  const deleteModel = async (name: string) => {
    await remove(`ModelConfigs/server.${name}`);
    await remove(`ModelDefinitions/server.${name}`);
  };
  const readProject = async () => (await send("GET", `${projects}/demo-dev`)) as StoredProject;
  const changeEndpoints = async (
    change: (list: StoredProject["serviceEndpoints"]) => readonly object[],
  ): Promise<void> => {
    const { id, name, serviceEndpoints } = await readProject();
    await send("PATCH", projects, { id, name, serviceEndpoints: change(serviceEndpoints) });
  };

  return {
    saveModel,
    renameModel: async (model, name) => {
      await deleteModel(model.name);
      await saveModel({ ...model, name });
    },
    deleteModel,
    saveEndpoint: (id, url) =>
      changeEndpoints((list) => [...list.filter((each) => each.id !== id), { id, name: id, urls: [url] }]),
    deleteEndpoint: (id) => changeEndpoints((list) => list.filter((each) => each.id !== id)),
    see: async () => {
      const [models, configs, project] = await Promise.all([
        send("GET", `${workspace}/Facets/server/models?filter=${include}`) as Promise<StoredModel[]>,
        send("GET", `${workspace}/Facets/server/modelConfigs`) as Promise<{ name: string }[]>,
        readProject(),
      ]);
      return {
        models: models.map(({ name = "", lunchbadgerId = "", properties }) => ({
          name,
          canvasId: lunchbadgerId,
          versions: properties.map(({ description = "" }) => description),
          isConfigured: configs.some((config) => config.name === name),
        })),
        endpoints: new Map(project.serviceEndpoints.map(({ id, urls }) => [id, urls[0] ?? ""])),
      };
    },
  };
}
