import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Redis } from "ioredis";
import type { Log } from "../../log.ts";
import { delayAfter, type Delays } from "../http/delay.ts";
import { answersOf } from "../redis/pipeline.answers.ts";
import { reasonOf, type RedisConnection } from "../redis/redis.connection.ts";
import { entryIn, type AuditEntry } from "./audit.entry.ts";
import { readNewest, type From, type Stored } from "./newest.first.ts";
import { partsOf, type Keeping, type TrailStore } from "./trail.store.ts";

interface Means {
  readonly length: number;
  readonly keepMs: number;
  readonly log: Log;
}

interface Waiting extends Keeping {
  readonly entry: AuditEntry;
}

/** So many entries wait while Redis is away; of more is only known how many there were. */
const mostWaiting = 2000;
const writtenAtOnce = 100;
const retries: Delays = { firstDelayMs: 200, longestDelayMs: 5000 };
/** How long the process' end is put off for what waits. */
const partingMs = 1000;

const keyOf = (part: string) => `sett:audit:${part}`;

type Commands = ReturnType<Redis["pipeline"]>;

function storedIn(answer: unknown): Stored[] {
  if (!Array.isArray(answer)) return [];
  return (answer as readonly (readonly [string, readonly string[]])[]).map(
    ([number, [, value = "", , id]]) => ({
      number,
      look: () => {
        if (id !== undefined) return { id, entry: undefined, lost: Number(value) };
        const entry = entryIn(value);
        return { id: entry?.id ?? number, entry, lost: 0 };
      },
    }),
  );
}

const rangeEnd = (from: From | undefined) => (from ? `${from.isIncluded ? "" : "("}${from.number}` : "+");

/** Keeps entries in Redis, a stream for what was done to a repository and one for what was refused there. */
export function createRedisTrail(redis: RedisConnection, { length, keepMs, log }: Means): TrailStore {
  const waiting: Waiting[] = [];
  const lost = new Map<string, { readonly id: string; count: number }>();
  const closing = new AbortController();
  let writing: Promise<void> | undefined;

  let isCutByAge = true;

  const add = (commands: Commands, part: string, ...fields: readonly string[]) =>
    commands.xadd(keyOf(part), "MAXLEN", "~", length, "*", ...fields);

  /** What was added is kept, whether or not Redis can do this: an entry is not added again for it. */
  const cutByAge = async (client: Redis, parts: ReadonlySet<string>) => {
    const commands = client.pipeline();
    for (const key of [...parts].map(keyOf)) {
      commands.xtrim(key, "MINID", "~", Date.now() - keepMs).pexpire(key, keepMs);
    }
    try {
      await answersOf(commands);
      isCutByAge = true;
    } catch (error) {
      if (isCutByAge)
        log.warn({ upstream: "redis", reason: reasonOf(error) }, "the audit trail is not cut by age");
      isCutByAge = false;
    }
  };

  /** Of repositories that may be none: those that something is kept of. */
  const begun = async (client: Redis, batch: readonly Waiting[]): Promise<ReadonlySet<string>> => {
    const asked = [...new Set(batch.flatMap((each) => (each.mayBegin ? [] : each.trail)))];
    if (asked.length === 0) return new Set();
    const commands = client.pipeline();
    for (const trail of asked) commands.exists(...partsOf(trail).map(keyOf));
    const answers = await answersOf(commands);
    return new Set(asked.filter((_, index) => Number(answers[index]) > 0));
  };

  const write = (
    batch: readonly Waiting[],
    gaps: readonly (readonly [string, { id: string; count: number }])[],
  ) =>
    redis.ask(async (client) => {
      const known = await begun(client, batch);
      const commands = client.pipeline();
      const parts = new Set(gaps.map(([trail]) => trail));
      for (const { entry, trail, isLetThrough, mayBegin } of batch) {
        if (!mayBegin && !known.has(trail)) continue;
        const [done, refused] = partsOf(trail);
        const part = isLetThrough ? done : refused;
        parts.add(part);
        add(commands, part, "entry", JSON.stringify(entry));
      }
      for (const [trail, { id, count }] of gaps) add(commands, trail, "lost", String(count), "id", id);
      await answersOf(commands);
      await cutByAge(client, parts);
    });

  const writeSome = async () => {
    const batch = waiting.slice(0, writtenAtOnce);
    // What could not wait came after all that did.
    const gaps = batch.length === waiting.length ? [...lost] : [];
    for (const [trail] of gaps) lost.delete(trail);
    try {
      await write(batch, gaps);
    } catch (error) {
      for (const [trail, gap] of gaps)
        lost.set(trail, { ...gap, count: gap.count + (lost.get(trail)?.count ?? 0) });
      throw error;
    }
    waiting.splice(0, batch.length);
    for (const [trail, { count }] of gaps)
      log.warn({ trail, lost: count }, "entries of the audit trail are lost");
  };

  const writeAll = async () => {
    let failures = 0;
    while (waiting.length > 0 || lost.size > 0) {
      try {
        await writeSome();
        failures = 0;
      } catch {
        // The connection itself tells the log. Whoever closes tries once more.
        failures += 1;
        const { signal } = closing;
        await wait(delayAfter(failures, retries), undefined, { ref: false, signal }).catch(() => undefined);
        if (signal.aborted) return;
      }
    }
  };

  return {
    keep: (entry, keeping) => {
      if (waiting.length < mostWaiting) waiting.push({ entry, ...keeping });
      else if (keeping.mayBegin && lost.size < mostWaiting) {
        const gap = lost.get(keeping.trail) ?? { id: randomUUID(), count: 0 };
        lost.set(keeping.trail, { ...gap, count: gap.count + 1 });
      }
      writing ??= writeAll().finally(() => {
        writing = undefined;
      });
    },
    read: (trails, asked) => {
      const keys = trails.flatMap(partsOf).map(keyOf);
      const oldest = String(Date.now() - keepMs);
      return readNewest(async (from, atMost) => {
        const answers = await redis.ask((client) => {
          const commands = client.pipeline();
          keys.forEach((key, source) =>
            commands.xrevrange(key, rangeEnd(from(source)), oldest, "COUNT", atMost),
          );
          return answersOf(commands);
        });
        return answers.map(storedIn);
      }, asked);
    },
    close: async () => {
      closing.abort();
      const soonEnough = wait(partingMs, undefined, { ref: false });
      const parted = async () => {
        await writing;
        while (waiting.length > 0) await writeSome();
      };
      await Promise.race([parted().catch(() => undefined), soonEnough]);
      if (waiting.length > 0) log.warn({ lost: waiting.length }, "entries of the audit trail are lost");
    },
  };
}
