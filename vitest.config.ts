import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongFirst } from "./test/support/long-first.sequencer.ts";
import { sharedProcesses } from "./test/support/shared.processes.ts";

const require = createRequire(import.meta.url);

export default defineConfig({
  resolve: {
    // One copy of graphql: Vite would take its ES module while Node's own resolution takes the other.
    alias: [{ find: /^graphql$/, replacement: require.resolve("graphql/index.js") }],
  },
  test: {
    include: ["test/**/*.test.ts"],
    // They need a redis-server: vitest.redis.config.ts.
    exclude: ["test/redis/**"],
    globalSetup: ["test/support/build.setup.ts"],
    // Files share modules with those that ran before them in their process, so they keep nothing in any.
    isolate: false,
    pool: sharedProcesses(60),
    sequence: { sequencer: LongFirst },
    // Much of the time is spent waiting: more processes than there are cores, so that none of these waits as well.
    maxWorkers: availableParallelism() * 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Waiting costs nothing where things come; a second is not enough for them where the machine is busy.
    expect: { poll: { timeout: 10_000 } },
  },
});
