import { policiesOf, proxyTargets } from "../../services/gateways/pipeline.reader.ts";
import { platformEntry } from "../../services/gateways/running.config.ts";
import { toApiEntry, toPipelineEntry } from "../../services/gateways/saved.config.ts";
import { listOf, textOf, textsOf } from "../../services/workspace/document/document.reader.ts";
import type { Json, JsonObject } from "../../services/workspace/json.ts";
import { isObject } from "../../services/workspace/merge/json.kinds.ts";
import type { gatewayHosts } from "../names/host.names.ts";
import type { ActualizerSettings } from "../settings.ts";
import type { GatewayDocument } from "./gateway.document.ts";
import { isOwnEntry, withAdministration, type PlatformEntries } from "./platform.entries.ts";

/** What a gateway is configured from. */
export interface GatewaySource {
  /** The gateway as it is saved, and the project that it is in. */
  readonly item: JsonObject;
  readonly document: GatewayDocument;
  readonly hosts: ReturnType<typeof gatewayHosts>;
  readonly platform: PlatformEntries;
  readonly settings: ActualizerSettings;
}

/** A configuration, with what of the saved gateway could not be put into it. */
export interface GatewayConfiguration {
  readonly configuration: JsonObject;
  /** In which order entries stand, where that counts. */
  readonly order: { readonly apiEndpoints: readonly string[]; readonly pipelines: readonly string[] };
  readonly problems: readonly string[];
}

/** A gateway refuses to start with a policy that has no name. */
function withNamedPolicies(pipeline: JsonObject, entry: JsonObject): JsonObject {
  const isNamed = policiesOf(pipeline).map(({ name }) => name !== "");
  return { ...entry, policies: listOf(entry, "policies").filter((_policy, index) => isNamed[index]) };
}

/** The pipelines by their ids; of several with one id the last counts, as where they run. */
function pipelinesOf(item: JsonObject, problems: Set<string>): ReadonlyMap<string, JsonObject> {
  const pipelines = new Map(listOf(item, "pipelines").map((each) => [textOf(each["id"]) ?? "", each]));
  for (const id of pipelines.keys()) {
    if (isOwnEntry(id)) continue;
    problems.add(`A gateway can have no pipeline with the id ${JSON.stringify(id)}.`);
    pipelines.delete(id);
  }
  return pipelines;
}

/** The configuration that a saved gateway means, as Express Gateway takes it. */
export function gatewayConfiguration(source: GatewaySource): GatewayConfiguration {
  const { item, document, hosts, platform, settings } = source;
  const problems = new Set<string>();
  const known = document.apiEndpoints;
  const apiEndpoints = new Map<string, JsonObject>();
  const serviceEndpoints = new Map<string, JsonObject>();
  const pipelines = new Map<string, JsonObject>();
  const used = new Set<string>();
  const ledTo = new Set<string>();

  for (const [id, pipeline] of pipelinesOf(item, problems)) {
    const connected = document.connectedTo(id).filter(isOwnEntry);
    for (const each of connected) apiEndpoints.set(each, toApiEntry(known.get(each) ?? {}, hosts.own));
    for (const { target } of proxyTargets(pipeline)) {
      const service = document.serviceEntry(target);
      if (service && "entry" in service) serviceEndpoints.set(target, service.entry);
      else if (service) problems.add(service.problem);
      else if (!platform.entries.has(target))
        problems.add(`The pipeline ${textOf(pipeline["name"]) ?? id} leads to nothing that is there.`);
      ledTo.add(target);
    }
    for (const { name } of policiesOf(pipeline)) if (name !== "") used.add(name);
    pipelines.set(id, withNamedPolicies(pipeline, toPipelineEntry(pipeline, connected)));
  }
  for (const [id, entry] of platform.entries) {
    const isGiven = platform.isGivenWhole || ledTo.has(id);
    if (isGiven && !serviceEndpoints.has(id)) serviceEndpoints.set(id, entry);
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
    problems: [...problems],
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
