import type { ServerProcess } from "../process/server.process.ts";
import type { Caller } from "./caller.ts";

/** What one thing that a canvas does has cost. */
export interface CanvasSample {
  readonly calls: number;
  readonly upstreamCalls: number;
  readonly ms: number;
  /** CPU time of the gateway. */
  readonly gatewayMs: number;
}

/** One way of doing one thing, with what it cost in each round. */
export interface CanvasRow {
  readonly name: string;
  readonly isThroughGateway: boolean;
  readonly samples: readonly CanvasSample[];
}

/** What a canvas works on, each in a process of its own. */
export interface CanvasPlatform {
  readonly sandbox: ServerProcess;
  readonly gateway: ServerProcess;
}

/** Lets a caller do something a number of times and tells what it cost each time, in the mean. */
export async function costOf(
  { sandbox, gateway }: CanvasPlatform,
  caller: Caller,
  work: () => Promise<void>,
  times = 1,
): Promise<CanvasSample> {
  const read = async () => ({
    calls: caller.calls(),
    upstreamCalls: (await sandbox.read()).calls,
    cpuMicroseconds: (await gateway.read()).cpuMicroseconds,
  });
  const before = await read();
  const startedAt = performance.now();
  for (let time = 0; time < times; time += 1) await work();
  const ms = performance.now() - startedAt;
  const after = await read();
  return {
    calls: (after.calls - before.calls) / times,
    upstreamCalls: (after.upstreamCalls - before.upstreamCalls) / times,
    ms: ms / times,
    gatewayMs: (after.cpuMicroseconds - before.cpuMicroseconds) / 1000 / times,
  };
}
