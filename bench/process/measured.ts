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
  /** What it does when it is told something else than to say its reading. */
  readonly answer?: (message: never) => unknown;
}

/** The message that asks for a reading. */
export const readMessage = "read";

/** Runs a server for the process that forked this one: says its port, then answers each message with a reading. */
export function serveMeasured(start: (settings: Settings) => Promise<Serving>): void {
  const serve = async () => {
    const {
      port,
      addresses,
      calls = () => 0,
      answer,
    } = await start(JSON.parse(process.argv[2] ?? "{}") as Settings);
    const tell = async (message: unknown) => {
      if (message !== readMessage) return process.send?.({ answer: await answer?.(message as never) });
      const { user, system } = process.cpuUsage();
      return process.send?.({ cpuMicroseconds: user + system, calls: calls() } satisfies Reading);
    };
    process.on("message", (message) => {
      tell(message).catch((error: unknown) => {
        console.error(error);
        process.exit(1);
      });
    });
    process.on("disconnect", () => process.exit(0));
    process.send?.({ port, addresses });
  };
  serve().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}
