import { openLoad, type Load } from "./load.ts";
import type { Options } from "./options.ts";
import type { ServerProcess } from "./process/server.process.ts";
import { median, quantile } from "./report/statistics.ts";
import type { Group, Row } from "./rows.ts";

/** What one round said of one row, for each request where that makes sense. */
export interface Sample {
  readonly cpuMicroseconds: number;
  readonly upstreamCalls: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** A row with what its rounds said, in their order. */
export interface MeasuredRow {
  readonly row: Row;
  readonly samples: readonly Sample[];
}

/** A group of measured rows. */
export interface MeasuredGroup {
  readonly title: string;
  readonly rows: readonly MeasuredRow[];
}

interface Means {
  readonly servers: Readonly<Record<string, ServerProcess>>;
  readonly upstream: ServerProcess;
  readonly options: Options;
  /** Told of each wrong answer. */
  readonly complain: (problem: string) => void;
}

/** The middle of one figure over the rounds. */
export const middle = (samples: readonly Sample[], figure: keyof Sample): number =>
  median(samples.map((sample) => sample[figure]));

/** Each one who asks has a credential of their own, or one's question would be answered to the others too. */
const authorizationOf = (server: string) => (number: number) =>
  server.startsWith("guarded") ? `token al-token-${number}` : undefined;

/** Lets all rows take turns, round after round, so that whatever disturbs the machine disturbs them alike. */
export async function measure(groups: readonly Group[], means: Means): Promise<readonly MeasuredGroup[]> {
  const { servers, upstream, options, complain } = means;
  const serverOf = ({ server }: Row): ServerProcess => {
    const found = servers[server];
    if (!found) throw new Error(`There is no server called ${server}.`);
    return found;
  };
  const lanes = groups.flatMap(({ title, share, rows }) =>
    rows.map((row) => ({
      name: `${title}: ${row.name}`,
      row,
      requests: Math.ceil(options.requests * share),
      load: openLoad(
        { ...row, port: serverOf(row).port, authorization: authorizationOf(row.server) },
        options.connections,
      ),
      samples: [] as Sample[],
    })),
  );

  const play = async (lane: { name: string; row: Row; requests: number; load: Load }): Promise<Sample> => {
    const server = serverOf(lane.row);
    // What is remembered for seconds has been forgotten since the last turn, but not by somebody who is asked all the time.
    await lane.load.run(options.connections);
    const before = { server: await server.read(), upstream: await upstream.read() };
    const { seconds, latenciesMs, wrong } = await lane.load.run(lane.requests);
    const after = { server: await server.read(), upstream: await upstream.read() };
    if (wrong[0] !== undefined) {
      complain(`${lane.name}: ${wrong.length} wrong answers, the first ${wrong[0].slice(0, 300)}`);
    }
    return {
      cpuMicroseconds: (after.server.cpuMicroseconds - before.server.cpuMicroseconds) / lane.requests,
      upstreamCalls: (after.upstream.calls - before.upstream.calls) / lane.requests,
      requestsPerSecond: lane.requests / seconds,
      p50Ms: quantile(latenciesMs, 0.5),
      p99Ms: quantile(latenciesMs, 0.99),
    };
  };

  const startedAt = performance.now();
  const isOver = (round: number) =>
    round >= options.rounds ||
    (round >= options.fewestRounds && performance.now() - startedAt > options.longestSeconds * 1000);
  for (let round = -options.warmUpRounds; !isOver(round); round += 1) {
    // Every other round goes backwards, so that no row always follows the same one.
    for (const lane of round % 2 === 0 ? lanes : lanes.toReversed()) {
      const sample = await play(lane);
      if (round >= 0) lane.samples.push(sample);
    }
  }
  await Promise.all(lanes.map(({ load }) => load.close()));
  return groups.map(({ title, rows }) => ({
    title,
    rows: lanes.filter(({ row }) => rows.includes(row)).map(({ row, samples }) => ({ row, samples })),
  }));
}
