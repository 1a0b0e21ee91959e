import type { Problem } from "../../errors.ts";
import { listOf, textOf } from "../workspace/document/document.reader.ts";
import type { Json, JsonObject } from "../workspace/json.ts";
import { indexDocument } from "./document.index.ts";
import type { SavedGateway } from "./gateway.address.ts";
import { policiesOf, proxyTargets } from "./pipeline.reader.ts";
import { platformEntry, type GatewayConfig } from "./running.config.ts";
import type { ShownConfig } from "./shown.config.ts";

/** A model as gateways lead to it: by the id it has on the canvas. */
export interface ModelService {
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

/** What a saved gateway is to be made of when it runs. */
interface Source {
  readonly gateway: Pick<SavedGateway, "item" | "index">;
  readonly document: JsonObject;
  readonly models: readonly ModelService[];
  readonly running: ShownConfig;
}

/** Names that stay within an address, and are not the platform's own. */
const nameForm = /^[A-Za-z0-9_][A-Za-z0-9._:-]{0,199}$/;

/** Whether a gateway can have something of that name. */
export const isEntryName = (id: string) => nameForm.test(id) && id !== platformEntry;

/** Fields without those that say nothing. */
export const given = (fields: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== null,
    ),
  );

/** An API endpoint as a gateway has it. */
export const toApiEntry = ({ name, host, paths, methods, scopes }: JsonObject, ownHost: string): JsonObject =>
  given({
    friendlyName: name,
    host: host === "*" || host === undefined ? ownHost : host,
    paths,
    methods,
    scopes,
  });

/** A pipeline as a gateway has it, without the canvas' ids. */
export function toPipelineEntry(pipeline: JsonObject, apiEndpoints: readonly string[]): JsonObject {
  const policies = policiesOf(pipeline).map(({ name, steps }) => ({
    [name]: steps.map(({ condition, action }) => given({ condition, action })),
  }));
  return given({
    friendlyName: pipeline["name"],
    ...(apiEndpoints.length > 0 ? { apiEndpoints } : {}),
    policies,
  });
}

/**
 * The configuration that a saved gateway asks for: its pipelines without the canvas' ids, the API endpoints they are
 * connected to, and the service endpoints and models that their proxies lead to. Functions have to be there already:
 * the platform puts them there.
 */
export function savedConfig({ gateway, document, models, running }: Source): {
  readonly config: GatewayConfig;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const pipelines = new Map<string, JsonObject>();
  const apiEndpoints = new Map<string, JsonObject>();
  const serviceEndpoints = new Map<string, JsonObject>();
  const { apiEndpoints: known, serviceEndpoints: services, connectedTo } = indexDocument(document);
  const modelsById = new Map(models.toReversed().map((each) => [each.id, each]));
  const place = `gateways.${gateway.index}.pipelines`;
  const named = (id: string, field: string) => {
    if (!isEntryName(id)) problems.push({ field, message: "a gateway cannot have anything of this name" });
    return isEntryName(id);
  };

  const addService = (id: string, field: string) => {
    const service = services.get(id);
    const model = modelsById.get(id);
    if (service && named(id, field)) {
      serviceEndpoints.set(id, given({ friendlyName: service["name"], urls: service["urls"] }));
    } else if (model && !running.serviceEndpoint.has(id) && named(id, field)) {
      serviceEndpoints.set(id, { friendlyName: model.name, url: model.url });
    } else if (!service && !model && !running.serviceEndpoint.has(id) && !running.ledTo.has(id)) {
      problems.push({ field, message: `there is nothing with the id ${id} that a gateway could lead to` });
    }
  };

  listOf(gateway.item, "pipelines").forEach((pipeline, index) => {
    const id = textOf(pipeline["id"]) ?? "";
    if (!named(id, `${place}.${index}.id`)) return;
    const connected = connectedTo(id);
    // What a pipeline of the same id is connected to is there already.
    for (const endpoint of pipelines.has(id) ? [] : connected) {
      if (!named(endpoint, "connections")) continue;
      apiEndpoints.set(endpoint, toApiEntry(known.get(endpoint) ?? {}, running.ownHost));
    }
    for (const { place: at, target } of proxyTargets(pipeline)) addService(target, `${place}.${index}.${at}`);
    pipelines.set(id, toPipelineEntry(pipeline, connected));
  });
  return {
    config: { pipeline: pipelines, apiEndpoint: apiEndpoints, serviceEndpoint: serviceEndpoints },
    problems,
  };
}
