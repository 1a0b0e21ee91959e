import type { GatewayConfig } from "./config.file.ts";
import type { DescribedFunction } from "../sls/serverless.document.ts";
import { fieldsOf, listOf, type Fields } from "./json.fields.ts";
import { policyNames } from "./schema.catalogue.ts";

/** What a gateway's configuration is made of when the platform starts it. */
export interface Deployment {
  readonly gateway: Fields;
  readonly document: Fields;
  readonly models: readonly Fields[];
  readonly functions: readonly DescribedFunction[];
  readonly producer: string;
  readonly env: string;
}

const domain = "lunchbadger.local";

/**
 * The configuration that the platform gives a gateway: its saved pipelines without the canvas' ids, the endpoints they
 * are connected to or proxy to, every model, every function that runs, and what leads to the admin API itself.
 */
export function deployedConfig(deployment: Deployment): GatewayConfig {
  const { gateway, document, models, functions, producer, env } = deployment;
  const host = `${text(gateway["dnsPrefix"])}-${producer}-${env}.${domain}`;
  const pipelines = listOf(gateway["pipelines"]);
  const connected = connectedEndpoints(document, pipelines);
  return {
    pipelines: {
      ...byId(pipelines.map((each) => [each, savedPipeline(each, connected.get(each["id"]))])),
      admin: adminPipeline(),
    },
    apiEndpoints: {
      ...byId(savedApiEndpoints(document, [...connected.values()].flat(), host)),
      admin: { host: `admin-${host}` },
    },
    serviceEndpoints: {
      ...byId(savedServices(document, pipelines)),
      ...byId(models.map((each) => [withId(each), modelService(each, producer, env)])),
      ...byId(functions.map((each) => [{ id: each.labels["id"] }, functionService(each)])),
      admin: { url: "http://localhost:9876" },
    },
    policies: [...policyNames],
  };
}

function savedPipeline({ name, policies }: Fields, apiEndpoints: unknown[] = []): Fields {
  return {
    policies: listOf(policies).map((policy) => {
      const [kind = "", steps] = Object.entries(withoutId(policy))[0] ?? [];
      return { [kind]: listOf(steps).map(withoutId) };
    }),
    friendlyName: name,
    ...(apiEndpoints.length === 0 ? {} : { apiEndpoints }),
  };
}

function adminPipeline(): Fields {
  const step = (action: Fields): Fields[] => [{ action }];
  return {
    apiEndpoints: ["admin"],
    policies: [
      { cors: step({ credentials: true, origin: "*" }) },
      { proxy: step({ changeOrigin: true, serviceEndpoint: "admin" }) },
    ],
  };
}

/** The ids of the endpoints that pipelines are connected to, by the pipelines' ids. */
function connectedEndpoints(document: Fields, pipelines: readonly Fields[]): Map<unknown, unknown[]> {
  const connections = listOf(document["connections"]);
  const endpoints = new Set(apiEndpointsOf(document).map(({ id }) => id));
  return new Map(
    pipelines.map(({ id }) => [
      id,
      connections.filter(({ fromId, toId }) => fromId === id && endpoints.has(toId)).map(({ toId }) => toId),
    ]),
  );
}

function apiEndpointsOf(document: Fields): Fields[] {
  const inApis = listOf(document["apis"]).flatMap(({ apiEndpoints }) => listOf(apiEndpoints));
  return [...listOf(document["apiEndpoints"]), ...inApis];
}

function savedApiEndpoints(
  document: Fields,
  connected: readonly unknown[],
  ownHost: string,
): [Fields, Fields][] {
  return apiEndpointsOf(document)
    .filter(({ id }) => connected.includes(id))
    .map((endpoint) => {
      const { name, host, paths, methods, scopes } = endpoint;
      return [endpoint, { friendlyName: name, host: host === "*" ? ownHost : host, paths, methods, scopes }];
    });
}

function savedServices(document: Fields, pipelines: readonly Fields[]): [Fields, Fields][] {
  const used = new Set(
    pipelines
      .flatMap(({ policies }) => listOf(policies))
      .flatMap(({ proxy }) => listOf(proxy))
      .map(({ action }) => fieldsOf(action)["serviceEndpoint"]),
  );
  return listOf(document["serviceEndpoints"])
    .filter(({ id }) => used.has(id))
    .map((service) => [service, { friendlyName: service["name"], urls: service["urls"] }]);
}

function modelService(model: Fields, producer: string, env: string): Fields {
  const names = [fieldsOf(model["http"])["path"], model["plural"], model["name"]].map(text);
  const path = names.find((each) => each !== "") ?? "";
  const url = `http://workspace-${producer}-${env}.customer:3000/api/${path.replace(/^\//, "")}`;
  return { friendlyName: model["name"], url };
}

function functionService({ name, service }: DescribedFunction): Fields {
  return { friendlyName: service, url: `http://${name}.customer:8080` };
}

/** A model goes by its id on the canvas. */
function withId(model: Fields): Fields {
  return { id: model["lunchbadgerId"] ?? model["name"] };
}

function byId(entries: readonly (readonly [Fields, Fields])[]): Fields {
  return Object.fromEntries(entries.map(([{ id }, value]) => [text(id), value]));
}

function withoutId({ id: _id, ...rest }: Fields): Fields {
  return rest;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
