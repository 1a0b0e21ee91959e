import { formatIssues } from "./entity.rule.ts";
import { dataSourceKind } from "./listed.kind.ts";
import { dataOf, type Entity } from "./loopback.body.ts";
import { invalid, noModel, unknownId } from "./loopback.error.ts";
import type { LoopbackRoutes } from "./loopback.server.ts";
import { parsed, type Files, type ProjectDisk } from "./project.disk.ts";
import { packagePath, written } from "./project.template.ts";

/** The one package definition of a project. Changing it with PUT or PATCH leaves a file that does not parse any more. */
export function addPackageRoutes(routes: LoopbackRoutes, disk: ProjectDisk): void {
  // The real one answers a change from memory even when the file is broken already.
  let last: Entity = {};
  const current = (): Entity => {
    if (disk.files.get(packagePath)?.startsWith(broken) !== true) {
      last = definition(parsed(disk.files, packagePath));
    }
    return last;
  };

  routes.add("GET", "/PackageDefinitions", () => disk.read(() => [current()]));
  routes.add("GET", "/PackageDefinitions/:id", ({ params }) =>
    disk.read(() => {
      const one = current();
      if (one["id"] !== params["id"]) throw unknownId("PackageDefinition", String(params["id"]));
      return one;
    }),
  );
  routes.add("POST", "/PackageDefinitions", async ({ body }) => {
    const sent = dataOf(body);
    check(sent);
    await disk.write((files) => files.set(packagePath, written(sent)));
    return definition(sent);
  });
  const change = (body: Entity): Entity => {
    const changed = { ...current(), ...body };
    disk.files.set(packagePath, broken + written(changed));
    return changed;
  };
  routes.add(["PUT", "PATCH"], "/PackageDefinitions", ({ body }) => {
    check(dataOf(body));
    const { description: _dropped, ...rest } = current();
    return { ...rest, ...change(dataOf(body)) };
  });
  routes.add(["PUT", "PATCH"], "/PackageDefinitions/:id", ({ params, body }) => {
    if (current()["id"] !== params["id"]) throw noModel(String(params["id"]));
    return change(dataOf(body));
  });
}

/** The connectors of data sources whose packages are not installed yet; none can be when a file does not parse. */
export function missingConnectors(files: Files): string[] {
  try {
    const installed = parsed(files, packagePath)["dependencies"] as Entity | undefined;
    const connectors = new Set(dataSourceKind.list(files).map((each) => String(each["connector"])));
    const needed = [...connectors].filter((each) => !builtIn.includes(each));
    return needed.filter((each) => installed?.[packageOf(each)] === undefined);
  } catch {
    return [];
  }
}

/** Adds what a connector needs, as the package installer does. */
export function addDependency(files: Files, connector: string): void {
  const manifest = parsed(files, packagePath);
  const dependency = { [packageOf(connector)]: connectorVersions[connector] ?? "latest" };
  const dependencies = { ...(manifest["dependencies"] as Entity | undefined), ...dependency };
  files.set(packagePath, written({ ...manifest, dependencies }));
}

const builtIn: readonly string[] = ["memory", "kv-memory"];

const connectorVersions: Readonly<Record<string, string>> = { mysql: "^5.4.3", rest: "3.4.1" };

function packageOf(connector: string): string {
  return `loopback-connector-${connector}`;
}

/** What a package file begins with that the real one has broken. */
const broken = 'null"';

function definition(manifest: Entity): Entity {
  return { id: manifest["name"], ...manifest };
}

function check(body: Entity): void {
  const issues = formatIssues(body, "name", /^[-_.@/a-zA-Z0-9]+$/);
  if (issues.length > 0) throw invalid("PackageDefinition", issues);
}
