import { listOf, textOf } from "../../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../../services/workspace/json.ts";
import { autoGatewayConfiguration, autoGatewayId, autoGatewayName } from "../gateway/auto.gateway.ts";
import { gatewayConfiguration, systemOf } from "../gateway/gateway.configuration.ts";
import { functionEntries, modelEntries } from "../gateway/platform.entries.ts";
import { gatewayHosts } from "../names/host.names.ts";
import { autoGatewayInstance, instancesOf } from "../names/instance.names.ts";
import type { GatewayResource } from "../resources/gateway.resource.ts";
import { hasAutoGateway, type ReadSource, type Undecided } from "./project.source.ts";
import { gatewayName, wantedGateway } from "./wanted.resources.ts";

/** What is wanted of gateways. */
interface Gateways {
  readonly resources: readonly GatewayResource[];
  readonly undecided: readonly Undecided[];
  readonly problems: readonly string[];
}

/** The cluster keeps a configuration twice, as JSON and as files, and no object of more than about a megabyte. */
const largestConfiguration = 400_000;

/** Each is a pod: more than anybody draws, and fewer than a file can be made to ask for. */
const mostGateways = 50;

interface Saved {
  readonly id: string;
  readonly name: string;
  readonly item: JsonObject;
}

/** The gateways that can be told apart. */
function savedGateways(document: JsonObject, problems: string[]): readonly Saved[] {
  const saved = new Map<string, Saved>();
  for (const item of listOf(document, "gateways")) {
    const [id, name] = [textOf(item["id"]) ?? "", textOf(item["name"]) ?? ""];
    if (id === "" || id.length > 200)
      problems.push(`The gateway ${name.slice(0, 200)} has no id that can be used.`);
    else if (saved.has(id)) problems.push(`There are several gateways with the id ${id}; the first is run.`);
    else saved.set(id, { id, name, item });
  }
  if (saved.size > mostGateways) problems.push(`Only the first ${mostGateways} gateways are run.`);
  return [...saved.values()].slice(0, mostGateways);
}

const unsaid = (source: ReadSource, because: string): Pick<Gateways, "resources" | "undecided"> => {
  const name = gatewayName(source, autoGatewayInstance);
  return { resources: [], undecided: [{ kind: "Gateway", name, because }] };
};

const isTooLarge = ({ spec }: GatewayResource) => JSON.stringify(spec).length > largestConfiguration;

const tooLarge = (name: string) =>
  `the configuration of the gateway ${name} is larger than the cluster keeps`;

/** The gateway of the whole API; what the running project does not tell just now is no reason to take it away. */
function autoGateway(source: ReadSource): Pick<Gateways, "resources" | "undecided"> {
  const { openApi, settings } = source;
  if (!hasAutoGateway(source)) return { resources: [], undecided: [] };
  if (openApi === undefined) return unsaid(source, "the running project cannot be asked what it serves");
  const configuration = autoGatewayConfiguration(source, openApi, settings);
  if (!configuration) return { resources: [], undecided: [] };
  const gateway = { id: autoGatewayId(source), name: autoGatewayName, instance: autoGatewayInstance };
  const wanted = wantedGateway(source, gateway, configuration, undefined);
  return isTooLarge(wanted)
    ? unsaid(source, tooLarge(autoGatewayName))
    : { resources: [wanted], undecided: [] };
}

/** The gateways that a project has. */
export function projectGateways(source: ReadSource, document: JsonObject): Gateways {
  const { models, functions, settings } = source;
  if (models === undefined || functions === undefined) {
    const whose =
      models === undefined ? "the workspace cannot be asked for its models" : "the functions are not known";
    return { resources: [], undecided: [{ kind: "Gateway", because: whose }], problems: [] };
  }
  const problems: string[] = [];
  const undecided: Undecided[] = [];
  const resources: GatewayResource[] = [];
  const platform = [modelEntries(models, source, settings), functionEntries(functions, source, settings)];
  const saved = savedGateways(document, problems);
  if (saved.length > 0) problems.push(...platform.flatMap((each) => each.problems));
  const instances = instancesOf(saved, settings.environments, source.env);
  saved.forEach(({ id, name, item }, index) => {
    const instance = instances[index] ?? "";
    const hosts = gatewayHosts(source, instance, settings);
    const configuration = gatewayConfiguration({ item, document, hosts, platform, settings });
    const wanted = wantedGateway(source, { id, name, instance }, configuration, systemOf(item));
    if (isTooLarge(wanted)) {
      undecided.push({ kind: "Gateway", name: wanted.metadata.name, because: tooLarge(name) });
    } else {
      resources.push(wanted);
      problems.push(...configuration.problems);
    }
  });
  const auto = autoGateway(source);
  return {
    resources: [...resources, ...auto.resources],
    undecided: [...undecided, ...auto.undecided],
    problems: [...new Set(problems)],
  };
}
