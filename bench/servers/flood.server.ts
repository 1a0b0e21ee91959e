import { createFlood, type FloodFigures } from "../overload/flood.ts";
import { prepareRequests } from "../overload/requests.ts";
import { serveMeasured } from "../process/measured.ts";

/** What clients in a process of their own are told: whom to ask, how, and for how long. */
export type FloodTask =
  | { readonly prepare: number }
  | { readonly closed: { readonly connections: number; readonly forMs: number } }
  | { readonly open: { readonly rate: number; readonly connections: number; readonly forMs: number } };

/** Clients that take as little of the machine as can be. */
serveMeasured(async () => {
  let flood: ReturnType<typeof createFlood> | undefined;
  return {
    port: 0,
    answer: async (task: FloodTask): Promise<FloodFigures | undefined> => {
      if ("prepare" in task) {
        flood = createFlood(task.prepare, await prepareRequests(task.prepare));
        return undefined;
      }
      if ("closed" in task) return flood?.closed(task.closed.connections, task.closed.forMs);
      return flood?.open(task.open.rate, task.open.connections, task.open.forMs);
    },
  };
});
