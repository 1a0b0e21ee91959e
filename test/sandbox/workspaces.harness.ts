import { afterEach, beforeEach, expect } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import type { WorkspaceTiming } from "../../src/sandbox/workspace/workspace.timing.ts";
import { subscribe, type ChangeSubscriber } from "./change.subscriber.ts";

const quick: WorkspaceTiming = {
  readMs: 0,
  overlapMs: 0,
  tornMs: 0,
  writeMs: 0,
  gitMs: 0,
  installMs: 1,
  testConnectionMs: 1,
  clearMs: 0,
};

/** The platform of the test that is running. */
export let sandbox: Sandbox;
let subscribers: ChangeSubscriber[];

/** Gives each test of a file a platform of its own. Files may share this module, so each asks for it. */
export function eachTestHasWorkspaces(): void {
  beforeEach(async () => {
    subscribers = [];
    sandbox = await start();
  });

  afterEach(async () => {
    for (const subscriber of subscribers) subscriber.stop();
    await sandbox.stop();
  });
}

/** Takes another platform instead, on which some things take their time. */
export async function restart(timing: Partial<WorkspaceTiming>): Promise<void> {
  await sandbox.stop();
  sandbox = await start(timing);
}

function start(timing: Partial<WorkspaceTiming> = {}): Promise<Sandbox> {
  return startSandbox({
    PRODUCER_PREFIX: "customer",
    ENVIRONMENTS: ["dev"],
    FUNCTIONS_REPOSITORY: "functions",
    timing: { writeMs: 0, hookDelayMs: 1 },
    workspaceTiming: { ...quick, ...timing },
  });
}

type Service = "projectApi" | "workspaceApi" | "openApi";

function addressOf(service: Service, producer: string): string {
  return sandbox.addresses[service].replace("$PRODUCER", producer).replace("$ENV", "dev");
}

/** Asks one of a producer's services: `METHOD /path`, below its address. */
export async function ask(
  service: Service,
  producer: string,
  request: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const [method = "GET", path = ""] = request.split(" ");
  const response = await fetch(`${addressOf(service, producer)}${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? "" : (JSON.parse(text) as unknown) };
}

/** Listens to the status of a producer's pod. */
export async function listenToPod(producer: string): Promise<ChangeSubscriber> {
  const subscriber = await subscribe(`${addressOf("projectApi", producer)}/WorkspaceStatus`, "");
  subscribers.push(subscriber);
  return subscriber;
}

/** Listens to the pushes to a producer's repositories. */
export async function listenToPushes(producer: string): Promise<ChangeSubscriber> {
  const subscriber = await subscribe(sandbox.configstore.url, producer);
  subscribers.push(subscriber);
  return subscriber;
}

/** A file of the repository that a producer's pod works on. */
export function file(producer: string, path: string): string | undefined {
  return sandbox.gitea.platform.readFile(`customer-${producer}`, "dev", path);
}

/** The document in that repository. */
export function savedProject(producer: string): Record<string, unknown> {
  const text = file(producer, "lunchbadger.json") ?? '{"models":{"Project":{}}}';
  const { models } = JSON.parse(text) as { models: { Project: Record<string, string> } };
  return JSON.parse(models.Project[`${producer}-dev`] ?? "{}") as Record<string, unknown>;
}

/** Writes another document into that repository over Gitea's API, as the gateway does. */
export async function rewriteProject(producer: string, project: object): Promise<void> {
  const url = `${sandbox.gitea.url}/api/v1/repos/customer-${producer}/dev/contents/lunchbadger.json`;
  const headers = { Authorization: `token ${producer}-token`, "Content-Type": "application/json" };
  const { sha } = (await (await fetch(url, { headers })).json()) as { sha: string };
  const models = { Project: { [`${producer}-dev`]: JSON.stringify(project) } };
  const content = Buffer.from(JSON.stringify({ ids: { Project: 1 }, models })).toString("base64");
  const { status } = await fetch(url, { method: "PUT", headers, body: JSON.stringify({ sha, content }) });
  expect(status).toBe(200);
}
