import { expressJson } from "../configstore/express.reply.ts";
import { empty } from "../http.ts";
import { stored } from "./admin.reply.ts";
import type { AdminRoutes } from "./admin.routes.ts";
import type { ConfigFile, ConfigPart } from "./config.file.ts";
import { foundSchemas } from "./schema.catalogue.ts";

/** The parts of the configuration, by the paths they have. */
const parts: readonly (readonly [string, ConfigPart])[] = [
  ["/pipelines", "pipelines"],
  ["/api-endpoints", "apiEndpoints"],
  ["/service-endpoints", "serviceEndpoints"],
];

/** Adds what is read and written of a gateway's configuration. */
export function addConfigRoutes(routes: AdminRoutes, file: ConfigFile): void {
  for (const [path, part] of parts) addPartRoutes(routes, file, path, part);

  routes.add("GET", "/policies", () => expressJson(200, file.served().policies));
  routes.add("PUT", "/policies/:name", async ({ params: { name = "" } }) => {
    await file.change(({ policies }) => {
      if (!policies.includes(name)) policies.push(name);
    });
    return expressJson(200, { status: "ok" });
  });
  routes.add("DELETE", "/policies/:name", async ({ params: { name = "" } }) => {
    await file.change((config) => {
      config.policies = config.policies.filter((each) => each !== name);
    });
    return empty(204);
  });

  routes.add("GET", "/schemas", () => expressJson(200, foundSchemas(undefined)));
  routes.add("GET", "/schemas/:param", ({ params }) => expressJson(200, foundSchemas(params["param"])));
}

function addPartRoutes(routes: AdminRoutes, file: ConfigFile, path: string, part: ConfigPart): void {
  routes.add("GET", path, () => expressJson(200, file.served()[part]));
  routes.add("GET", `${path}/:name`, ({ params: { name = "" } }) => {
    const entries = file.served()[part];
    return Object.hasOwn(entries, name) ? expressJson(200, entries[name]) : empty(404);
  });
  // Whether it is new is seen in the file, whether it can be deleted in what is served.
  routes.add("PUT", `${path}/:name`, async ({ params: { name = "" }, body }) => {
    const isNew = await file.change((config) => {
      const isMissing = !Object.hasOwn(config[part], name);
      config[part][name] = body;
      return isMissing;
    });
    return stored(isNew);
  });
  routes.add("DELETE", `${path}/:name`, async ({ params: { name = "" } }) => {
    if (!Object.hasOwn(file.served()[part], name)) return empty(404);
    await file.change((config) => {
      config[part] = Object.fromEntries(Object.entries(config[part]).filter(([key]) => key !== name));
    });
    return empty(204);
  });
}
