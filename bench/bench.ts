import { measureActualizer } from "./actualizer/actualizer.bench.ts";
import { measureCanvas } from "./canvas/canvas.bench.ts";
import { measureCluster } from "./cluster/cluster.bench.ts";
import { measurePeers } from "./comparison/peers.bench.ts";
import { measureFaults } from "./faults/faults.bench.ts";
import { measureLive } from "./live/live.bench.ts";
import { soak } from "./live/soak.bench.ts";
import { measure, type MeasuredGroup } from "./measure.ts";
import { readOptions, type Options } from "./options.ts";
import { measureOverload } from "./overload/overload.bench.ts";
import { startedTogether, startServer, type ServerProcess } from "./process/server.process.ts";
import { actualizerTables } from "./report/actualizer.ts";
import { canvasTable } from "./report/canvas.ts";
import { clusterTable } from "./report/cluster.ts";
import { comparisonTable } from "./report/comparison.ts";
import { faultTables } from "./report/faults.ts";
import { liveTable } from "./report/live.ts";
import { machineLine } from "./report/machine.ts";
import { overloadTables } from "./report/overload.ts";
import { overviewTable, standingTable } from "./report/peers.ts";
import { priceTable } from "./report/prices.ts";
import { table } from "./report/table.ts";
import { countRoundTrips } from "./round-trips.ts";
import { rollingTables } from "./report/rolling.ts";
import { measureRolling } from "./rolling/rolling.bench.ts";
import { prepareGroups, type ServerName } from "./rows.ts";
import { unstinted } from "./servers/settings.ts";

const warm = { ...unstinted, PERMISSION_TTL: "60m", VIEWER_TTL: "60m" };
const cold = { ...unstinted, PERMISSION_TTL: "0ms", VIEWER_TTL: "0ms" };

async function startServers(
  upstream: string,
  { profileFolder }: Options,
): Promise<Record<ServerName, ServerProcess>> {
  const start = (name: string, environment: Record<string, string>, remembers = false) =>
    startServer(name, { upstream, environment, remembers }, profileFolder);
  return startedTogether({
    bare: start("bare-proxy", {}),
    unguarded: start("unguarded", unstinted),
    "unguarded, remembering": start("unguarded", unstinted, true),
    guarded: start("guarded", warm),
    "guarded, forgetting": start("guarded", cold),
  });
}

const options = readOptions(process.argv.slice(2));
const problems = new Set<string>();
const print = (...lines: readonly string[]) => process.stdout.write(`${lines.join("\n")}\n\n`);

print(machineLine());
if (options.isSmoke)
  print("A smoke run: every answer is checked, but so few requests say nothing about time.");

const complain = (problem: string) => void problems.add(problem);

function printComparison(groups: readonly MeasuredGroup[], warmUpRounds: number): void {
  print(
    `Medians of ${groups[0]?.rows[0]?.samples.length ?? 0} rounds after ${warmUpRounds} to warm up;`,
    `${options.requests} requests a round, of large answers fewer, over ${options.connections} connections.`,
  );
  for (const group of groups) print(comparisonTable(group));
}

/** What single requests cost. */
async function benchRequests(): Promise<void> {
  const upstream = await startServer("upstream", { upstream: "", environment: {} }, options.profileFolder);
  const upstreamUrl = `http://127.0.0.1:${upstream.port}`;
  const servers = await startServers(upstreamUrl, options);
  const groups = await measure(await prepareGroups(upstreamUrl), { servers, upstream, options, complain });
  await Promise.all([...Object.values(servers), upstream].map((server) => server.stop()));
  printComparison(groups, options.warmUpRounds);
  if (groups[0]) print(priceTable(groups[0]));
}

/** What the same requests cost other servers. */
async function benchPeers(): Promise<void> {
  const ofPeers: Options = { ...options, ...options.peerRounds };
  try {
    const groups = await measurePeers({ options: ofPeers, print, complain });
    printComparison(groups, ofPeers.warmUpRounds);
    print(overviewTable(groups));
    print(standingTable(groups));
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

/** What a canvas saves and loads, and what that costs. */
async function benchCanvas(): Promise<void> {
  print(`What a canvas does: medians of ${options.canvasRounds} rounds.`);
  try {
    for (const group of await measureCanvas(options)) print(canvasTable(group));
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

/** What it costs to know all pods of a cluster. */
async function benchCluster(): Promise<void> {
  print(`Pods that are listed and watched: medians of ${options.clusterRounds} rounds.`);
  try {
    print(clusterTable(await measureCluster(options)));
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

/** What it costs to keep what runs to what is saved. */
async function benchActualizer(): Promise<void> {
  print(`What is saved by ${options.actualizerProducers.join(" and by ")} producers, and kept running.`);
  try {
    print(...actualizerTables(await measureActualizer({ options, complain })));
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

/** How often the platform is asked. */
async function benchRoundTrips(): Promise<void> {
  const roundTrips = await countRoundTrips();
  print(
    table(
      ["Upstream calls of an operation", "made", "expected"],
      roundTrips.map(({ name, calls, expected }) => [name, String(calls), String(expected)]),
    ),
  );
  for (const { name, calls, expected } of roundTrips) {
    if (calls !== expected) problems.add(`${name}: ${calls} upstream calls instead of ${expected}`);
  }
}

/** What many subscribers cost. */
async function benchLive(): Promise<void> {
  try {
    const { rows, lines } = await measureLive(options, complain);
    print(...lines);
    print(liveTable(rows));
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

/** What becomes of the rest while one service fails. */
async function benchFaults(): Promise<void> {
  try {
    const { rows, lines } = await measureFaults({ options, complain });
    print(...lines);
    for (const each of faultTables(rows)) print(each);
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

/** What becomes of it all when too much is asked. */
async function benchOverload(): Promise<void> {
  try {
    for (const each of overloadTables(await measureOverload({ options, complain }))) print(each);
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

/** What a rolling restart does to those who are there. It needs a redis-server, and is for whoever asks for it. */
async function benchRolling(): Promise<void> {
  try {
    print(...rollingTables(await measureRolling({ options, complain })));
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

/** Whether anything stays of clients that have come and gone. */
async function benchSoak(soakMs: number): Promise<void> {
  try {
    print(...(await soak(options, soakMs, complain)));
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

/** All that is measured, or the parts that were asked for. */
async function benchParts({ only }: Options): Promise<void> {
  if (!only || only.includes("requests")) await benchRequests();
  if (!only || only.includes("peers")) await benchPeers();
  if (!only || only.includes("canvas")) await benchCanvas();
  if (!only || only.includes("cluster")) await benchCluster();
  if (!only || only.includes("live")) await benchLive();
  if (!only || only.includes("actualizer")) await benchActualizer();
  if (!only || only.includes("faults")) await benchFaults();
  if (!only || only.includes("overload")) await benchOverload();
  if (only?.includes("rolling")) await benchRolling();
  if (!only) await benchRoundTrips();
}

await (options.soakMs === undefined ? benchParts(options) : benchSoak(options.soakMs));

print(problems.size === 0 ? "Every answer was right." : ["Wrong:", ...problems].join("\n  "));
process.exitCode = problems.size === 0 ? 0 : 1;
