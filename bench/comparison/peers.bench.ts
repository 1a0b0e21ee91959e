import { measure, type MeasuredGroup } from "../measure.ts";
import type { Options } from "../options.ts";
import { startedTogether, startServer, type ServerProcess } from "../process/server.process.ts";
import { unstinted, type Settings } from "../servers/settings.ts";
import { installPeers, peerFile } from "./peers.install.ts";
import { barePath, prepareComparison, type Servers } from "./peers.rows.ts";
import { producers } from "./platform.paths.ts";
import { workloads } from "./workloads.ts";

const forgetting = { ...unstinted, PERMISSION_TTL: "0ms", VIEWER_TTL: "0ms" };

interface Means {
  readonly options: Options;
  readonly print: (...lines: readonly string[]) => void;
  readonly complain: (problem: string) => void;
}

/** Each in a process of its own; ours as it is shipped, with its default configuration but for what a credential may ask in a minute. */
async function startServers(platform: ServerProcess, { profileFolder }: Options): Promise<Servers> {
  const { addresses } = platform;
  if (!addresses) throw new Error("The upstream does not say where it is.");
  const upstream = `http://127.0.0.1:${platform.port}`;
  const start = (name: string, settings: Partial<Settings> = {}) =>
    startServer(name, { upstream, environment: {}, ...settings }, profileFolder);
  const peer = (name: string, compiles = false) => start("peer", { peer: peerFile(name), compiles });
  const proxied = Object.fromEntries(
    workloads.flatMap(({ asking }, place) =>
      Array.from({ length: producers }, (_, number) => [barePath(place, number), asking(number).asked]),
    ),
  );
  return startedTogether({
    bare: start("bare-proxy", { proxied }),
    unguarded: start("unguarded", { environment: unstinted }),
    guarded: start("guarded", { addresses, environment: unstinted }),
    "guarded, forgetting": start("guarded", { addresses, environment: forgetting }),
    apollo: peer("apollo"),
    yoga: peer("yoga"),
    mercurius: peer("mercurius"),
    "mercurius, compiled": peer("mercurius", true),
    hive: peer("hive"),
  });
}

/** What the same questions cost this gateway and others over the same upstream; throws when they do not tell the same. */
export async function measurePeers({ options, print, complain }: Means): Promise<readonly MeasuredGroup[]> {
  await installPeers(print);
  const platform = await startServer(
    "fixed-platform",
    { upstream: "", environment: {} },
    options.profileFolder,
  );
  const servers = await startServers(platform, options);
  try {
    const groups = await prepareComparison(workloads, servers, `http://127.0.0.1:${platform.port}`);
    return await measure(groups, { servers, upstream: platform, options, complain });
  } finally {
    await Promise.all([...Object.values(servers), platform].map((server) => server.stop()));
  }
}
