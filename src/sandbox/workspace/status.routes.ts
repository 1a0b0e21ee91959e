import { argumentOf, dataOf, type Entity } from "./loopback.body.ts";
import { LoopbackError, unknownId } from "./loopback.error.ts";
import { Streamed, type LoopbackRoutes } from "./loopback.server.ts";
import { treeOf, writeTree } from "./file.tree.ts";
import type { WorkspaceState } from "./workspace.state.ts";
import { pass } from "./workspace.timing.ts";

/** The state of the running project, and its change stream. */
export function addStatusRoutes(routes: LoopbackRoutes, { status }: WorkspaceState): void {
  routes.add("GET", "/WorkspaceStatus/ping", () => undefined);
  routes.add("GET", "/WorkspaceStatus/change-stream", ({ query }) => {
    const options = query.get("options");
    if (options !== null) argumentOf("options", options);
    return new Streamed({ status: 200, stream: (response) => status.subscribe(response) });
  });
  routes.add("GET", "/WorkspaceStatus/:id", ({ params }) => {
    if (params["id"] !== "1") throw unknownId("WorkspaceStatus", String(params["id"]));
    return status.current;
  });
  routes.add("POST", "/WorkspaceStatus/restart", () => status.update({}));
  routes.add("POST", "/WorkspaceStatus/reinstall", () => status.reinstall());
  routes.add("POST", "/WorkspaceStatus/hard-reset", () => {
    // Git is reset, which changes nothing here, and its result is then taken for a promise.
    throw new LoopbackError(500, "reset(...).then is not a function", { name: "TypeError" });
  });
}

/** The project's files, as one tree. */
export function addFileRoutes(routes: LoopbackRoutes, { disk, timing }: WorkspaceState): void {
  routes.add("GET", "/WorkspaceFiles/files", () => ({ files: treeOf(disk.files) }));
  routes.add("PUT", "/WorkspaceFiles/files", async ({ body }) => {
    const { files } = dataOf(body);
    if (files === undefined || files === null) {
      throw new LoopbackError(500, "Cannot convert undefined or null to object", { name: "TypeError" });
    }
    await pass(timing.writeMs);
    writeTree(disk.files, files as Entity);
    disk.commit();
    return {};
  });
}
