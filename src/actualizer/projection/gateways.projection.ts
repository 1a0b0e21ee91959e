import { listOf, textOf } from "../../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../../services/workspace/json.ts";
import { autoGatewayConfiguration, autoGatewayId, autoGatewayName } from "../gateway/auto.gateway.ts";
import { gatewayConfiguration, systemOf } from "../gateway/gateway.configuration.ts";
import { readGatewayDocument } from "../gateway/gateway.document.ts";
import { functionEntries, modelEntries, platformEntries } from "../gateway/platform.entries.ts";
import { gatewayHosts } from "../names/host.names.ts";
import { autoGatewayInstance, instancesOf } from "../names/instance.names.ts";
import type { GatewayResource } from "../resources/gateway.resource.ts";
import { createGatewayRoom, tooMuch, type GatewayRoom } from "./gateway.room.ts";
import { firstProblems, mostOf } from "./project.bounds.ts";
import { hasAutoGateway, type ReadSource, type Undecided } from "./project.source.ts";
import { gatewayName, wantedGateway } from "./wanted.resources.ts";

/** What is wanted of gateways. */
interface Gateways {
  readonly resources: readonly GatewayResource[];
  readonly undecided: readonly Undecided[];
  readonly problems: readonly string[];
}

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
  if (saved.size > mostOf.gateways) problems.push(`Only the first ${mostOf.gateways} gateways are run.`);
  return [...saved.values()].slice(0, mostOf.gateways);
}

const unsaid = (source: ReadSource, because: string): Pick<Gateways, "resources" | "undecided"> => {
  const name = gatewayName(source, autoGatewayInstance);
  return { resources: [], undecided: [{ kind: "Gateway", name, because }] };
};

/** The gateway of the whole API; what the running project does not tell just now is no reason to take it away. */
function autoGateway(source: ReadSource, room: GatewayRoom): Pick<Gateways, "resources" | "undecided"> {
  const { openApi, settings } = source;
  if (!hasAutoGateway(source)) return { resources: [], undecided: [] };
  if (openApi === undefined) return unsaid(source, "the running project cannot be asked what it serves");
  const configuration = autoGatewayConfiguration(source, openApi, settings);
  if (!configuration) return { resources: [], undecided: [] };
  const gateway = { id: autoGatewayId(source), name: autoGatewayName, instance: autoGatewayInstance };
  const wanted = wantedGateway(source, gateway, configuration, undefined);
  const because = room.refuse(wanted);
  return because === undefined ? { resources: [wanted], undecided: [] } : unsaid(source, because);
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
  const room = createGatewayRoom();
  const entries = {
    models: modelEntries(models, source, settings),
    functions: functionEntries(functions.slice(0, mostOf.functions), source, settings),
  };
  const platform = platformEntries(entries.models, entries.functions);
  const read = readGatewayDocument(document);
  const saved = savedGateways(document, problems);
  if (saved.length > 0) for (const problem of entries.models.problems) problems.push(problem);
  const instances = instancesOf(saved, settings.environments, source.env);
  /** Makes one of a gateway; why not, where there is to be none of it. */
  const take = ({ id, name, item }: Saved, instance: string): string | undefined => {
    if (!room.isLeft()) return tooMuch;
    const hosts = gatewayHosts(source, instance, settings);
    const configuration = gatewayConfiguration({ item, document: read, hosts, platform, settings });
    const wanted = wantedGateway(source, { id, name, instance }, configuration, systemOf(item));
    const because = room.refuse(wanted);
    if (because !== undefined) return because;
    resources.push(wanted);
    for (const problem of configuration.problems) problems.push(problem);
    return undefined;
  };
  saved.forEach((each, index) => {
    const instance = instances[index] ?? "";
    const because = take(each, instance);
    if (because !== undefined)
      undecided.push({ kind: "Gateway", name: gatewayName(source, instance), because });
  });
  const auto = autoGateway(source, room);
  return {
    resources: [...resources, ...auto.resources],
    undecided: [...undecided, ...auto.undecided],
    problems: [
      ...firstProblems(problems, "gateways"),
      ...firstProblems(saved.length > 0 ? entries.functions.problems : [], "functions"),
    ],
  };
}
