import { readConfig } from "../../src/config.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { servicesOf } from "../../test/faults/faulty.platform.ts";
import { failings, type FaultyTask } from "../faults/failings.ts";
import { serveMeasured } from "../process/measured.ts";

const atOnce = { readMs: 0, writeMs: 0, installMs: 0, testConnectionMs: 0, clearMs: 0 };

/** The sandbox platform, whose services can be broken and mended one by one. */
serveMeasured(async () => {
  const sandbox = await startSandbox({
    ...readConfig({}),
    timing: { branchLagMs: 0, hookDelayMs: 1 },
    workspaceTiming: atOnce,
    functionTiming: { writeMs: 0 },
  });
  const services = servicesOf(sandbox);

  async function connections(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const [name, server] of Object.entries(services)) {
      server.closeIdle();
      counts[name] = await server.connections();
    }
    return counts;
  }

  return {
    port: sandbox.gitea.port,
    addresses: sandbox.addresses,
    answer: async (task: FaultyTask) => {
      if (task.what === "connections") return connections();
      const path = task.producer === undefined ? undefined : new RegExp(`^/${task.producer}-dev/`);
      for (const name of task.services) {
        const [server, failing] = [services[name], failings[task.how]];
        if (!server || !failing)
          throw new Error(`Nothing is called ${name}, or nothing fails as "${task.how}".`);
        await (task.what === "begin" ? failing.begin(server, path) : failing.end(server));
      }
      return undefined;
    },
  };
});
