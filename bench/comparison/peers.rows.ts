import { deepStrictEqual } from "node:assert/strict";
import type { Asked as AskedFor } from "../load.ts";
import type { ServerProcess } from "../process/server.process.ts";
import type { Group, Row } from "../rows.ts";
import { producers } from "./platform.paths.ts";
import { selected } from "./selected.ts";
import type { Asked, Asking, Workload } from "./workloads.ts";

/** The servers that each workload is put to, by name. */
export type Servers = Readonly<Record<string, ServerProcess>>;

/** The peers that are asked in the words of our schema, the one that is taken for right first. */
const peers = {
  apollo: "Apollo Server standalone, RESTDataSource",
  yoga: "graphql-yoga on node:http, undici",
  mercurius: "mercurius, undici",
  "mercurius, compiled": "mercurius with its compiler, undici",
} as const;

const json = { "content-type": "application/json", accept: "application/json" };

/** A row before anybody has been asked. */
interface Wanted {
  readonly name: string;
  readonly server: string;
}

/** What is right for one connection: of the servers that speak our schema, of the bare proxy and of Hive. */
interface Right {
  readonly ours: unknown;
  readonly bare: unknown;
  readonly hive: unknown;
}

/** The bare proxy's address for what a connection asks. */
export const barePath = (workload: number, connection: number) => `/${workload}/${connection}`;

function dataIn(name: string, text: string): unknown {
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (errors !== undefined || data == null) throw new Error(`${name} answered ${text.slice(0, 500)}`);
  return data;
}

/** What the upstream itself answers. */
async function told(upstream: string, { reads = [], write }: Asked): Promise<readonly unknown[]> {
  if (write) {
    const { path, body } = write;
    const answer = await fetch(`${upstream}${path}`, { method: "POST", headers: json, body });
    return [await answer.json()];
  }
  return Promise.all(reads.map(async (path) => (await fetch(`${upstream}${path}`)).json()));
}

/** The rows in the order in which they are shown. */
function wantedRows(how: Workload): readonly Wanted[] {
  const row = (server: string, name: string | undefined): Wanted[] =>
    name === undefined ? [] : [{ name, server }];
  return [
    ...row("bare", "bare node:http proxy of the upstream's JSON"),
    ...row("unguarded", how.unguarded),
    ...row("guarded", how.guarded),
    ...row("guarded, forgetting", how.forgetting),
    ...Object.entries(peers).flatMap(([server, name]) => row(server, name)),
    ...row("hive", "Hive Gateway over OpenAPI"),
  ];
}

function requestOf({ server }: Wanted, { question, hive }: Asking, bare: string): Omit<AskedFor, "expected"> {
  if (server === "bare") return { path: bare, body: JSON.stringify(question) };
  const { query, variables } = server === "hive" ? hive : question;
  return { path: "/graphql", body: JSON.stringify({ query, variables }) };
}

/** Throws unless as many are there as there have to be. */
function checkCount(data: unknown, [path, items]: readonly [string, number]): void {
  const list = path.split(".").reduce<unknown>((at, field) => (at as Record<string, unknown>)[field], data);
  deepStrictEqual((list as unknown[]).length, items, path);
}

/** Asks every server once for each connection and compares what they say: that is what each then has to go on saying. */
async function prepare(
  workload: Workload,
  place: number,
  servers: Servers,
  upstream: string,
): Promise<Group> {
  const { title, share, asking, count } = workload;
  const ask = async (wanted: Wanted, number: number): Promise<AskedFor> => {
    const server = servers[wanted.server];
    if (!server) throw new Error(`There is no server called ${wanted.server}.`);
    const request = requestOf(wanted, asking(number), barePath(place, number));
    const authorization = wanted.server.startsWith("guarded")
      ? { authorization: `token al-token-${number}` }
      : {};
    const url = `http://127.0.0.1:${server.port}${request.path}`;
    const headers = { ...json, ...authorization };
    const response = await fetch(url, { method: "POST", headers, body: request.body });
    return { ...request, expected: await response.text() };
  };
  const rightFor = async (number: number): Promise<Right> => {
    const { asked, hive } = asking(number);
    const answers = await told(upstream, asked);
    const parts = Object.fromEntries(hive.parts.map((name, at) => [name, answers[at]]));
    const { expected } = await ask({ name: "", server: "apollo" }, number);
    const ours = dataIn(`${title}: ${peers.apollo}`, expected);
    if (count) checkCount(ours, count);
    return { ours, bare: answers.length === 1 ? answers[0] : answers, hive: selected(hive.query, parts) };
  };
  const connections = Array.from({ length: producers }, (_, number) => number);
  const right = await Promise.all(connections.map(rightFor));
  const rows: Row[] = [];
  for (const wanted of wantedRows(workload)) {
    const name = `${title}: ${wanted.name}`;
    const asked = await Promise.all(connections.map((number) => ask(wanted, number)));
    asked.forEach(({ expected }, number) => {
      const answer: unknown = wanted.server === "bare" ? JSON.parse(expected) : dataIn(name, expected);
      const kind = wanted.server === "bare" || wanted.server === "hive" ? wanted.server : "ours";
      deepStrictEqual(answer, right[number]?.[kind], name);
    });
    const askedBy = (number: number) => asked[number % producers] as AskedFor;
    rows.push({ ...wanted, asks: askedBy });
  }
  return { title, share, rows };
}

/** The comparison, once all servers have told the same; throws when one tells something else. */
export async function prepareComparison(
  workloads: readonly Workload[],
  servers: Servers,
  upstream: string,
): Promise<readonly Group[]> {
  const groups: Group[] = [];
  for (const [place, workload] of workloads.entries()) {
    groups.push(await prepare(workload, place, servers, upstream));
  }
  return groups;
}
