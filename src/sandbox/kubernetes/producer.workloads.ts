import { createHash } from "node:crypto";
import type { DeployedFunction } from "../sls/function.cluster.ts";
import { savedProjects } from "../workspace/saved.document.ts";
import type { Fields } from "./kubernetes.object.ts";
import type { Workload } from "./workload.templates.ts";

/** Whose workloads they are. */
export interface WorkloadPlace {
  readonly producer: string;
  readonly env: string;
}

const longestInstance = 15;

/** What a producer's environment runs, by the document that is saved there; nothing when it is disabled. */
export function workloadsOf(place: WorkloadPlace, document: string | undefined): readonly Workload[] {
  const project = savedProjects(document)[`${place.producer}-${place.env}`] ?? {};
  if (project["disabled"] === true) return [];
  const gateways = listOf(project["gateways"]);
  const endpoints = [project["apiEndpoints"], project["serviceEndpoints"], project["connections"]];
  return [workspaceOf(place), slsApiOf(place), ...gateways.map((each) => gatewayOf(place, each, endpoints))];
}

/** What runs a function. */
export function functionWorkload({ name, runtime, labels, logs }: DeployedFunction): Workload {
  return {
    name,
    labels: { ...labels, function: name },
    selector: { function: name },
    container: name,
    image: `kubeless/${runtime.replace(":", "@")}`,
    ports: [{ name: "http-function-port", port: 8080, servicePort: 8080 }],
    greeting: [...logs],
  };
}

/** What the pods of a gateway are called after: its name, as far as a host can be called that. */
export function instanceOf({ id, name }: Fields): string {
  const slug = (typeof name === "string" ? name : "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const isUsable = slug !== "" && slug.length <= longestInstance;
  return isUsable ? slug : String(id).replaceAll("-", "").slice(0, longestInstance);
}

function workspaceOf(place: WorkloadPlace): Workload {
  return workload("workspace", place, {
    image: "lunchbadger/workspace:1.0.0",
    ports: [
      { name: "project-api", port: 4230, servicePort: 80 },
      { name: "workspace-api", port: 4231, servicePort: 81 },
      { name: "workspace", port: 3000, servicePort: 3000 },
    ],
    greeting: ["Starting the workspace", "Project API listening on 4230", "Workspace API listening on 4231"],
  });
}

function slsApiOf(place: WorkloadPlace): Workload {
  return workload("sls-api", place, {
    image: "lunchbadger/sls-api:1.0.0",
    ports: [{ name: "http", port: 4444, servicePort: 80 }],
    greeting: ["sls-api listening on 4444"],
  });
}

function gatewayOf(place: WorkloadPlace, gateway: Fields, endpoints: readonly unknown[]): Workload {
  const instance = instanceOf(gateway);
  const { itemOrder: _order, ...configuration } = gateway;
  const config = createHash("sha256")
    .update(JSON.stringify([configuration, endpoints]))
    .digest("hex")
    .slice(0, 16);
  const made = workload("gateway", place, {
    instance,
    id: String(gateway["id"]),
    image: "lunchbadger/gateway:1.0.0",
    ports: [
      { name: "http", port: 8080, servicePort: 8080 },
      { name: "metrics", port: 9876, servicePort: 9876 },
    ],
    greeting: ["gateway http server listening on :::8080", "admin http server listening on 0.0.0.0:9876"],
  });
  // Another configuration is another template, so a change of it replaces the pods.
  return { ...made, labels: { ...made.labels, config } };
}

function workload(
  app: string,
  { producer, env }: WorkloadPlace,
  {
    instance,
    id,
    ...rest
  }: Pick<Workload, "image" | "ports" | "greeting"> & { instance?: string; id?: string },
): Workload {
  const own = { ...(id === undefined ? {} : { id }), ...(instance === undefined ? {} : { instance }) };
  const labels = { app, producer, environment: env, ...own };
  const name = [app, producer, env, instance ?? []].flat().join("-");
  return { name, labels, selector: labels, container: app, ...rest };
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? (value as Fields[]).filter((each) => typeof each === "object") : [];
}
