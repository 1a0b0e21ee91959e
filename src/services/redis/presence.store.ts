import type { Log } from "../../log.ts";
import { presenceShape, type KeptPresence, type PresenceStore } from "../../live/presence.record.ts";
import { answersOf } from "./pipeline.answers.ts";
import type { RedisConnection } from "./redis.connection.ts";

interface Means {
  readonly keepMs: number;
  readonly log: Log;
}

/** The replicas that have somebody on a project, some of which may be gone. */
const replicasKey = (project: string) => `sett:presence:${project}`;
const recordKey = (project: string, replica: string) => `sett:presence:${project}:${replica}`;

function recordIn(text: string): KeptPresence["record"] | undefined {
  try {
    return presenceShape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Keeps who is there in Redis: a record a replica and project, which lapses by Redis' own clock. */
export function createPresenceStore(redis: RedisConnection, { keepMs, log }: Means): PresenceStore {
  const forget = (project: string, gone: readonly string[]) =>
    redis.ask((client) => client.srem(replicasKey(project), ...gone)).catch(() => undefined);

  return {
    write: async (project, replica, record) => {
      await redis.ask((client) =>
        answersOf(
          client
            .multi()
            .set(recordKey(project, replica), JSON.stringify(record), "PX", keepMs)
            .sadd(replicasKey(project), replica)
            .pexpire(replicasKey(project), 2 * keepMs),
        ),
      );
    },
    remove: async (project, replica) => {
      await redis.ask((client) =>
        answersOf(client.multi().del(recordKey(project, replica)).srem(replicasKey(project), replica)),
      );
    },
    read: async (project) => {
      const replicas = await redis.ask((client) => client.smembers(replicasKey(project)));
      if (replicas.length === 0) return [];
      const answers = await redis.ask((client) => {
        const commands = client.pipeline();
        for (const replica of replicas) {
          commands.get(recordKey(project, replica)).pttl(recordKey(project, replica));
        }
        return answersOf(commands);
      });
      const gone: string[] = [];
      const kept = replicas.flatMap((replica, index) => {
        const [text, leftMs] = answers.slice(2 * index, 2 * index + 2);
        if (typeof text !== "string") {
          gone.push(replica);
          return [];
        }
        const record = recordIn(text);
        if (!record) log.warn({ project }, "a record of who is there makes no sense");
        return record ? [{ replica, record, leftMs: Number(leftMs) }] : [];
      });
      if (gone.length > 0) void forget(project, gone);
      return kept;
    },
  };
}
