import { textOf, type Entity } from "./loopback.body.ts";
import { modelKind } from "./model.kind.ts";
import { pathsOf } from "./open-api.paths.ts";
import { definitionOf } from "./open-api.schema.ts";
import { parsed } from "./project.disk.ts";
import { packagePath, serverSettings } from "./project.template.ts";
import type { WorkspaceState } from "./workspace.state.ts";

/** What the running project says of its own API, in Swagger 2.0: the models that are attached and public. */
export function openApiOf(state: WorkspaceState): Entity {
  const { files } = state.disk;
  const { name, version, description } = parsed(files, packagePath);
  const isPublic = (model: Entity): boolean =>
    state.modelConfigs().some((config) => config["name"] === model["name"] && config["public"] !== false);
  const models = state.models().filter(isPublic);
  const part = (model: Entity, of: string): Entity[] =>
    modelKind.relations[of]?.(files, String(model["id"])) ?? [];
  const paths = models.map((model) =>
    pathsOf({
      name: String(model["name"]),
      path: pathOf(model),
      isStored: !["Model", "KeyValueModel"].includes(String(model["base"])),
      relations: part(model, "relations"),
      methods: part(model, "methods"),
    }),
  );
  return {
    swagger: "2.0",
    info: {
      version: textOf(version ?? "1.0.0"),
      title: textOf(name ?? ""),
      description: textOf(description ?? ""),
    },
    basePath: serverSettings.restApiRoot,
    paths: Object.assign({}, ...paths) as Entity,
    tags: models.map((model) => ({ name: model["name"], description: textOf(model["description"] ?? "") })),
    definitions: Object.fromEntries(
      models.map((model) => [model["name"], definitionOf(model, part(model, "properties"))]),
    ) as Entity,
    consumes: bodies,
    produces: bodies,
  };
}

const bodies = ["application/json", "application/x-www-form-urlencoded"];

/** Where a model is served: as it says itself, or below its plural. */
function pathOf({ name, plural, http }: Entity): string {
  const own = (http as Entity | undefined)?.["path"];
  if (typeof own === "string" && own !== "") return own.startsWith("/") ? own : `/${own}`;
  return `/${typeof plural === "string" && plural !== "" ? plural : pluralOf(String(name))}`;
}

function pluralOf(name: string): string {
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/i.test(name) ? `${name}es` : `${name}s`;
}
