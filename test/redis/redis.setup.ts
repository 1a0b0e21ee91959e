import { existsSync } from "node:fs";
import { redisBinary } from "./redis.process.ts";

/** Whether there is a Redis to test with; without one it is said, where nobody can overlook it. */
export function hasRedis(): boolean {
  if (existsSync(redisBinary)) return true;
  const isWanted = process.env["REDIS_SERVER"] !== undefined;
  const lines = [
    `There is no redis-server at ${redisBinary}: ${isWanted ? "nothing can be tested" : "EVERY TEST WITH REDIS IS SKIPPED"}.`,
    "Install one (Debian: apt-get install redis-server), or say by REDIS_SERVER where it is.",
  ];
  const frame = "!".repeat(Math.max(...lines.map(({ length }) => length)));
  process.stderr.write(`\n${[frame, ...lines, frame].join("\n")}\n\n`);
  // Whoever has named one wants it used.
  if (isWanted) process.exit(1);
  return false;
}
