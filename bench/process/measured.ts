import type { UpstreamAddresses } from "../../src/config.ts";
import type { Settings } from "../servers/settings.ts";

/** What a server's process says of itself when it is asked. */
export interface Reading {
  /** CPU time of the whole process since it started. */
  readonly cpuMicroseconds: number;
  /** Requests it has answered, where that is counted. */
  readonly calls: number;
}

/** A server that has started. */
export interface Serving {
  readonly port: number;
  readonly calls?: () => number;
  /** Where its services are, if it has several. */
  readonly addresses?: UpstreamAddresses;
}

/** Runs a server for the process that forked this one: says its port, then answers each message with a reading. */
export function serveMeasured(start: (settings: Settings) => Promise<Serving>): void {
  const serve = async () => {
    const { port, addresses, calls = () => 0 } = await start(JSON.parse(process.argv[2] ?? "{}") as Settings);
    process.on("message", () => {
      const { user, system } = process.cpuUsage();
      process.send?.({ cpuMicroseconds: user + system, calls: calls() } satisfies Reading);
    });
    process.on("disconnect", () => process.exit(0));
    process.send?.({ port, addresses });
  };
  serve().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}
