import type { FunctionService } from "./function.service.ts";
import { checkFields } from "./request.body.ts";
import { SlsError } from "./sls.error.ts";
import type { SlsRoutes } from "./sls.handler.ts";

/** Deploying a service and taking it back: a command that fails is answered 200 all the same. */
export function addDeployRoutes(routes: SlsRoutes, service: FunctionService): void {
  routes.add("POST", "/deploy", async ({ body }) => {
    checkFields(body, { name: "string" });
    const name = String(body["name"]);
    return processed(async () => {
      await service.commands.deploy(name);
      return service.read(name);
    });
  });
  routes.add("DELETE", "/deploy/:name", async ({ name }) => processed(() => service.commands.remove(name)));
}

/** What is told of a command; of one that took a function away, too, that it was `deployed`. */
async function processed(run: () => Promise<unknown>): Promise<object> {
  try {
    return { processed: true, deployed: true, result: await run() };
  } catch (error) {
    if (error instanceof SlsError) return { processed: true, deployed: false, error: error.body };
    throw error;
  }
}
