import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";

const require = createRequire(import.meta.url);

/** Tests whose harness sets something up around each of them, in a file that they share. */
const harnessed = ["test/sandbox/**/*.test.ts", "test/services/pod-logs*.test.ts"];

export default defineConfig({
  resolve: {
    // One copy of graphql: Vite would take its ES module while Node's own resolution takes the other.
    alias: [{ find: /^graphql$/, replacement: require.resolve("graphql/index.js") }],
  },
  test: {
    globalSetup: ["test/support/build.setup.ts"],
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: { name: "sandbox", include: harnessed, testTimeout: 20_000, hookTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: "gateway",
          include: ["test/**/*.test.ts"],
          // Those of Redis need a redis-server: vitest.redis.config.ts.
          exclude: ["test/redis/**", ...harnessed],
          // They keep nothing outside of themselves, and what they start takes longer to load than to run.
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
