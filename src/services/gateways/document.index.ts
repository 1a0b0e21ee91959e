import { listOf, textOf } from "../workspace/document/document.reader.ts";
import type { JsonObject } from "../workspace/json.ts";
import type { Entries } from "./running.config.ts";

/** What gateways need of a document besides themselves, found by ids. */
export interface DocumentIndex {
  /** All API endpoints, those of APIs among them. */
  readonly apiEndpoints: Entries;
  readonly serviceEndpoints: Entries;
  /** The ids of API endpoints that a pipeline is connected to, each once, in the order of the connections. */
  readonly connectedTo: (pipeline: string) => readonly string[];
}

const idOf = (item: JsonObject) => textOf(item["id"]) ?? "";

function apiEndpointsOf(document: JsonObject): Entries {
  const inApis = listOf(document, "apis").flatMap((api) => listOf(api, "apiEndpoints"));
  return new Map([...listOf(document, "apiEndpoints"), ...inApis].map((each) => [idOf(each), each]));
}

/** Looks through a document once: people decide how long its lists are, and each pipeline would ask for all of them. */
export function indexDocument(document: JsonObject): DocumentIndex {
  const apiEndpoints = apiEndpointsOf(document);
  const connected = new Map<string, Set<string>>();
  for (const { fromId, toId } of listOf(document, "connections")) {
    const [from, to] = [textOf(fromId), textOf(toId) ?? ""];
    if (from === undefined || !apiEndpoints.has(to)) continue;
    const known = connected.get(from);
    if (known) known.add(to);
    else connected.set(from, new Set([to]));
  }
  const lists = new Map([...connected].map(([from, ids]) => [from, [...ids]]));
  return {
    apiEndpoints,
    serviceEndpoints: new Map(listOf(document, "serviceEndpoints").map((each) => [idOf(each), each])),
    connectedTo: (pipeline) => lists.get(pipeline) ?? [],
  };
}
