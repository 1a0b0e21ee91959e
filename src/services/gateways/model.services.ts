import { addressFrom } from "../../address-template.ts";
import { listOf, textOf } from "../workspace/document/document.reader.ts";
import type { Json, JsonObject } from "../workspace/json.ts";
import { isObject } from "../workspace/merge/json.kinds.ts";
import type { SavedGateway } from "./gateway.address.ts";
import type { GatewayMeans } from "./gateways.service.ts";
import { proxyTargets } from "./pipeline.reader.ts";
import type { ModelService } from "./saved.config.ts";

/** The path of a model under a project's API: what it says itself, what several of it are called, or its name. */
function pathOf(model: ReadonlyMap<string, Json>, name: string): string {
  const http = model.get("definition/http");
  const said = isObject(http) ? textOf(http["path"]) : undefined;
  const path = [said, textOf(model.get("definition/plural"))].find(
    (each) => each !== undefined && each !== "",
  );
  return (path ?? name).replace(/^\/+/, "");
}

/** What the addresses of a project's models begin with, as gateways reach them. */
export const modelBaseOf = (modelUrl: string, { producer, env }: SavedGateway["grant"]) =>
  addressFrom(modelUrl, producer, env);

/** The models of the project, where a proxy leads to something that is none of the service endpoints; else none. */
export async function readModelServices(
  { workspace, modelUrl }: Pick<GatewayMeans, "workspace" | "modelUrl">,
  { grant, item }: Pick<SavedGateway, "grant" | "item">,
  document: JsonObject,
): Promise<readonly ModelService[]> {
  const services = new Set(listOf(document, "serviceEndpoints").map((each) => each["id"]));
  const targets = listOf(item, "pipelines").flatMap(proxyTargets);
  if (targets.every(({ target }) => services.has(target))) return [];
  const models = await workspace.models(grant);
  const base = modelBaseOf(modelUrl, grant);
  return models.map(({ name, entities }) => ({
    id: textOf(entities.get("definition/lunchbadgerId")) ?? name,
    name,
    url: `${base}/${pathOf(entities, name)}`,
  }));
}
