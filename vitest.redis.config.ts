import { defineConfig } from "vitest/config";
import { hasRedis } from "./test/redis/redis.setup.ts";
import { sharedProcesses } from "./test/support/shared.processes.ts";
import ordinary from "./vitest.config.ts";

/** The tests that need a redis-server of the machine's own: /usr/bin/redis-server, or where REDIS_SERVER says. */
export default defineConfig({
  ...(ordinary.resolve ? { resolve: ordinary.resolve } : {}),
  test: {
    include: hasRedis() ? ["test/redis/**/*.test.ts"] : [],
    passWithNoTests: true,
    globalSetup: ["test/support/build.setup.ts"],
    isolate: false,
    pool: sharedProcesses(6),
    // They wait for most of their time.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
