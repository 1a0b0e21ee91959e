import { dataSourceKind } from "./listed.kind.ts";
import { dataOf, textOf, type Entity } from "./loopback.body.ts";
import { LoopbackError, noModel } from "./loopback.error.ts";
import type { LoopbackRoutes } from "./loopback.server.ts";
import { pass } from "./workspace.timing.ts";
import type { WorkspaceState } from "./workspace.state.ts";

/** Connectors that connect to nothing until they are used, so that testing them always goes well. */
const lazyConnectors = ["memory", "rest"];

/** Trying whether a data source answers; nothing is really connected to. */
export function addConnectionRoutes(routes: LoopbackRoutes, state: WorkspaceState): void {
  routes.add("GET", "/DataSourceDefinitions/:id/testConnection", async ({ params }) => {
    const id = String(params["id"]);
    const source = await state.disk.read((files) =>
      dataSourceKind.list(files).find((each) => each["id"] === id),
    );
    if (source === undefined) throw noModel(id);
    // The real one loads the project in a process of its own for this.
    await pass(state.timing.testConnectionMs);
    if (isAnswering(source, state.answeringHosts)) return { status: true };
    throw refused(source);
  });
  routes.add("POST", "/DataSourceDefinitions/testConnection", async ({ body }) => {
    const source = dataOf(body);
    if (source["connector"] === "memory") return { status: true };
    const told = "Cannot connect to the data source.";
    throw new LoopbackError(500, `${told} Ensure the configuration is valid and the connector is installed.`);
  });
}

function isAnswering(source: Entity, hosts: ReadonlySet<string>): boolean {
  return lazyConnectors.includes(String(source["connector"])) || hosts.has(addressOf(source));
}

function addressOf({ host, port }: Entity): string {
  return `${textOf(host ?? "127.0.0.1")}:${textOf(port ?? 0)}`;
}

function refused(source: Entity): LoopbackError {
  const { host: address = "127.0.0.1", port = 0 } = source;
  const failure = {
    errno: "ECONNREFUSED",
    code: "ECONNREFUSED",
    syscall: "connect",
    address,
    port,
    fatal: true,
  };
  const message = `connect ECONNREFUSED ${addressOf(source)}`;
  return new LoopbackError(500, message, { name: undefined, ...failure });
}
