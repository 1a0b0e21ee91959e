import { defineConfig } from "vitest/config";
import ordinary from "./vitest.config.ts";

/** The tests that need a redis-server of the machine's own: /usr/bin/redis-server, or where REDIS_SERVER says. */
export default defineConfig({
  ...(ordinary.resolve ? { resolve: ordinary.resolve } : {}),
  test: {
    include: ["test/redis/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 30_000,
  },
});
