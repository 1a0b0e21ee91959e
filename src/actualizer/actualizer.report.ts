import type { QueueCounts } from "./controller/work.queue.ts";
import type { LastPass } from "./projecting/pass.loop.ts";

/** By which version of this a report was written. */
const version = "1";

/** What whoever leads says of its work: small, since it is written each time that the lease is. */
export function reportOf(
  counts: Readonly<Record<string, QueueCounts>>,
  lastPass: LastPass | undefined,
): string {
  const queue = Object.fromEntries(
    Object.entries(counts).map(([name, { waiting, running, delayed, oldestMs }]) => [
      name,
      { waiting, running, delayed, oldestMs: Math.round(oldestMs) },
    ]),
  );
  return JSON.stringify({
    queue,
    ...(lastPass ? { lastPass: { ...lastPass, at: lastPass.at.toISOString() } } : {}),
    version,
  });
}
