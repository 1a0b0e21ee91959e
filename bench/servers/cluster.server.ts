import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { collectPods, type PodCollection } from "../cluster/pod.collection.ts";
import { serveMeasured } from "../process/measured.ts";

const pack = promisify(gzip);
/** What a real API server compresses with, and from which size on. */
const packing = { level: 1, threshold: 128 * 1024 };
const changesWhileExpiring = 20;

/** A namespace: its pods, and who watches them. */
interface Namespace {
  readonly pods: PodCollection;
  readonly watchers: Set<ServerResponse>;
}

const namespaces = new Map<string, Namespace>();
/** Told when a watch is opened. */
const openings = new Set<() => void>();

/** A namespace is called after how many pods are in it at first. */
function namespaceOf(name: string): Namespace {
  const known = namespaces.get(name) ?? {
    pods: collectPods(Number(name.split("-").at(-1))),
    watchers: new Set<ServerResponse>(),
  };
  namespaces.set(name, known);
  return known;
}

async function list({ pods }: Namespace, query: URLSearchParams, request: IncomingMessage) {
  const text = pods.page(Number(query.get("limit") ?? 0), query.get("continue") ?? "0");
  const isPacked =
    /\bgzip\b/.test(String(request.headers["accept-encoding"])) && text.length > packing.threshold;
  return isPacked
    ? { headers: { "content-encoding": "gzip" }, body: await pack(text, packing) }
    : { headers: {}, body: Buffer.from(text) };
}

function watch({ watchers }: Namespace, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.flushHeaders();
  watchers.add(response);
  response.once("close", () => watchers.delete(response));
  for (const open of [...openings]) open();
}

function untilOpened(): Promise<void> {
  return new Promise((resolve) => {
    const open = () => {
      openings.delete(open);
      resolve();
    };
    openings.add(open);
  });
}

/** Tells of changes, each by itself, as they happen in a cluster; says of how many. */
async function change({ pods, watchers }: Namespace, count: number): Promise<number> {
  let told = 0;
  while (told < count) {
    const lines = pods.change();
    for (const watcher of watchers) watcher.write(lines.join(""));
    told += lines.length;
    await wait(1);
  }
  return told;
}

/** Takes every watch its place and changes what is there meanwhile, so that only a list can tell. */
async function expire({ pods, watchers }: Namespace): Promise<void> {
  for (let number = 0; number < changesWhileExpiring; number += 1) pods.change();
  const object = {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    reason: "Expired",
    code: 410,
  };
  const opened = untilOpened();
  for (const watcher of watchers) watcher.end(`${JSON.stringify({ type: "ERROR", object })}\n`);
  await opened;
}

/** What a measured process asks of the server, besides lists and watches. */
async function command(namespace: Namespace, name: string, query: URLSearchParams): Promise<unknown> {
  switch (name) {
    case "opened":
      return namespace.watchers.size > 0 ? {} : (await untilOpened(), {});
    case "expire":
      return (await expire(namespace), {});
    default:
      return { told: await change(namespace, Number(query.get("count"))) };
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://cluster");
  const [, root, , , name = ""] = pathname.split("/");
  if (root === "commands") {
    const [, , space = "", what = ""] = pathname.split("/");
    response.end(JSON.stringify(await command(namespaceOf(space), what, searchParams)));
    return;
  }
  const namespace = namespaceOf(name);
  if (searchParams.has("watch")) return watch(namespace, response);
  const { headers, body } = await list(namespace, searchParams, request);
  response.writeHead(200, { "content-type": "application/json", ...headers, "content-length": body.length });
  response.end(body);
}

/** Stands in for a cluster's API: pods in pages, watches, and commands that make something happen to them. */
serveMeasured(async () => {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 120_000;
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { port: (server.address() as AddressInfo).port };
});
