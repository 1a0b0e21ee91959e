import { performance } from "node:perf_hooks";
import type { RedisValue } from "ioredis";
import type { Mutex } from "redis-semaphore";
import type { RedisConnection } from "../../redis/redis.connection.ts";

/** What redis-semaphore asks Redis with. */
export type SemaphoreClient = ConstructorParameters<typeof Mutex>[0];

/** What is to be known of the one lock that a client is for. */
export interface SemaphoreClientOptions {
  /** From then on, also when it is given back: a renewal may still be on its way. */
  readonly isTaken: () => boolean;
  /** Redis answered a question that was sent then. */
  readonly onAnswer: (askedAt: number) => void;
}

/** What the scripts answer when all is well. */
const isKept = 1;

/** The library looks for this answer itself: it sends the script again then, in full. */
const asksForScript = (error: unknown) => error instanceof Error && error.message.startsWith("NOSCRIPT");

/**
 * Makes the client of one lock. While the lock is being taken, an outage is an error. Once it is taken, the library asks
 * by a timer, where a rejection would end the process; so a question that is not answered is as good as a yes, and that
 * nothing was heard is noticed by whoever counts the answers.
 */
export function createSemaphoreClient(
  redis: RedisConnection,
  { isTaken, onAnswer }: SemaphoreClientOptions,
): SemaphoreClient {
  const send =
    (command: string) =>
    async (...parameters: readonly unknown[]): Promise<unknown> => {
      const askedAt = performance.now();
      let answer: unknown;
      try {
        answer = await redis.ask((client) =>
          client.call(command, ...(parameters as RedisValue[])).catch((error: unknown) => {
            if (asksForScript(error)) return error;
            throw error;
          }),
        );
      } catch (error) {
        if (isTaken()) return isKept;
        throw error;
      }
      if (answer instanceof Error) throw answer;
      onAnswer(askedAt);
      return answer;
    };
  return {
    eval: send("EVAL"),
    evalsha: send("EVALSHA"),
    get: send("GET"),
    set: send("SET"),
    zrem: send("ZREM"),
  } as SemaphoreClient;
}
