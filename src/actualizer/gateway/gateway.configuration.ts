import { policiesOf, proxyTargets } from "../../services/gateways/pipeline.reader.ts";
import { platformEntry } from "../../services/gateways/running.config.ts";
import { apiEndpointsOf, given, toApiEntry, toPipelineEntry } from "../../services/gateways/saved.config.ts";
import { listOf, textOf, textsOf } from "../../services/workspace/document/document.reader.ts";
import type { Json, JsonObject } from "../../services/workspace/json.ts";
import { isObject } from "../../services/workspace/merge/json.kinds.ts";
import type { gatewayHosts } from "../names/host.names.ts";
import type { ActualizerSettings } from "../settings.ts";
import { isOwnEntry, withAdministration, type ReadEntries } from "./platform.entries.ts";

/** What a gateway is configured from. */
export interface GatewaySource {
  /** The gateway as it is saved, and the project that it is in. */
  readonly item: JsonObject;
  readonly document: JsonObject;
  readonly hosts: ReturnType<typeof gatewayHosts>;
  /** Models and functions. */
  readonly platform: readonly ReadEntries[];
  readonly settings: ActualizerSettings;
}

/** A configuration, with what of the saved gateway could not be put into it. */
export interface GatewayConfiguration {
  readonly configuration: JsonObject;
  /** In which order entries stand, where that counts. */
  readonly order: { readonly apiEndpoints: readonly string[]; readonly pipelines: readonly string[] };
  readonly problems: readonly string[];
}

const isAddress = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

/** A gateway refuses to start with a policy that has no name. */
function withNamedPolicies(pipeline: JsonObject, entry: JsonObject): JsonObject {
  const isNamed = policiesOf(pipeline).map(({ name }) => name !== "");
  return { ...entry, policies: listOf(entry, "policies").filter((_policy, index) => isNamed[index]) };
}

/** The configuration that a saved gateway means, as Express Gateway takes it. */
export function gatewayConfiguration(source: GatewaySource): GatewayConfiguration {
  const { item, document, hosts, platform, settings } = source;
  const problems: string[] = [];
  const known = apiEndpointsOf(document);
  const services = new Map(
    listOf(document, "serviceEndpoints").map((each) => [textOf(each["id"]) ?? "", each]),
  );
  const apiEndpoints = new Map<string, JsonObject>();
  const serviceEndpoints = new Map<string, JsonObject>();
  const pipelines = new Map<string, JsonObject>();
  const used = new Set<string>();

  const addService = (id: string, service: JsonObject) => {
    const urls = (textsOf(service["urls"]) ?? []).filter(isAddress);
    if (isOwnEntry(id) && urls.length > 0) {
      serviceEndpoints.set(id, given({ friendlyName: service["name"], urls }));
    } else {
      problems.push(`The service endpoint ${textOf(service["name"]) ?? id} has no address that can be used.`);
    }
  };

  for (const pipeline of listOf(item, "pipelines")) {
    const id = textOf(pipeline["id"]) ?? "";
    if (!isOwnEntry(id)) {
      problems.push(`A gateway can have no pipeline with the id ${JSON.stringify(id)}.`);
      continue;
    }
    const connected = new Set(
      listOf(document, "connections")
        .filter(({ fromId }) => fromId === id)
        .map(({ toId }) => textOf(toId) ?? "")
        .filter((toId) => known.has(toId) && isOwnEntry(toId)),
    );
    for (const each of connected) apiEndpoints.set(each, toApiEntry(known.get(each) ?? {}, hosts.own));
    for (const { target } of proxyTargets(pipeline)) {
      const service = services.get(target);
      if (service && !serviceEndpoints.has(target)) addService(target, service);
      const isThere = service !== undefined || platform.some(({ entries }) => entries.has(target));
      if (!isThere)
        problems.push(`The pipeline ${textOf(pipeline["name"]) ?? id} leads to nothing that is there.`);
    }
    for (const { name } of policiesOf(pipeline)) if (name !== "") used.add(name);
    pipelines.set(id, withNamedPolicies(pipeline, toPipelineEntry(pipeline, [...connected])));
  }
  for (const { entries } of platform) {
    for (const [id, entry] of entries) if (!serviceEndpoints.has(id)) serviceEndpoints.set(id, entry);
  }
  const parts = {
    policies: [...(textsOf(item["policies"]) ?? []), ...used],
    apiEndpoints: Object.fromEntries(apiEndpoints),
    serviceEndpoints: Object.fromEntries(serviceEndpoints),
    pipelines: Object.fromEntries(pipelines),
  };
  return {
    configuration: withAdministration(parts, hosts.admin, settings),
    // The administration comes first, so that no other endpoint is asked before it.
    order: {
      apiEndpoints: [platformEntry, ...[...known.keys()].filter((id) => apiEndpoints.has(id))],
      pipelines: [platformEntry, ...pipelines.keys()],
    },
    problems: [...new Set(problems)],
  };
}

/** Which Redis a gateway has is not a project's to say: other gateways keep their callers there, too. */
const platformParts: ReadonlySet<string> = new Set(["db", "__proto__"]);

/** What a saved gateway has to say of Express Gateway's system configuration; undefined if nothing. */
export function systemOf(item: JsonObject): JsonObject | undefined {
  const said = item["system"];
  if (!isObject(said)) return undefined;
  const own = Object.entries(said).filter(([part]: [string, Json]) => !platformParts.has(part));
  return own.length > 0 ? Object.fromEntries(own) : undefined;
}
