import type { FunctionService } from "./function.service.ts";
import { checkFields, type Fields } from "./request.body.ts";
import type { SlsRoutes } from "./sls.handler.ts";

/** The services: reading, making, writing and removing them, and what their functions have written. */
export function addServiceRoutes(routes: SlsRoutes, service: FunctionService): void {
  routes.add("GET", "/service", () => service.names().map((name) => service.read(name)));
  routes.add("POST", "/service", async ({ body }) => {
    checkFields(body, { env: "string", version: "string", name: "string", lunchbadger: "object, if any" });
    const { name, env, version } = body as Record<string, string>;
    return service.create({
      name: String(name),
      env: String(env),
      version: String(version),
      lunchbadger: body["lunchbadger"] as Fields | undefined,
    });
  });
  // The first failure is the answer, and the other removals go on.
  routes.add("DELETE", "/service", () => Promise.all(service.names().map((name) => service.remove(name))));
  routes.add("GET", "/service/:name", ({ name }) => service.read(name));
  routes.add("PUT", "/service/:name", ({ name, body }) => {
    checkFields(body, { serverless: "object", files: "object" });
    return service.write(name, { serverless: body["serverless"] as Fields, files: body["files"] as Fields });
  });
  routes.add("DELETE", "/service/:name", ({ name }) => service.remove(name));
  routes.add("GET", "/service/:name/logs", async ({ name }) => ({ logs: await service.commands.logs(name) }));
}
