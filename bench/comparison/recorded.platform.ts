import { readConfig } from "../../src/config.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { shareProjects } from "../projects.seed.ts";
import type { RecordedAnswer } from "../servers/recorded.answers.ts";
import { recordCluster } from "./recorded.cluster.ts";
import {
  dashboardProjects,
  keyOf,
  listedEndpoints,
  longProducer,
  paths,
  pathsOf,
  producers,
  recorded,
  shortProducer,
} from "./platform.paths.ts";

/** What the fixed upstream answers: reads by where they are, and the one write. */
export interface RecordedPlatform {
  readonly reads: ReadonlyMap<string, RecordedAnswer>;
  readonly write: RecordedAnswer;
}

/** Gives a project so many endpoints that their answer is some 50 kB. */
function fillLongDocument({ workspaces }: Sandbox): void {
  workspaces.pod(recorded.long, "dev").state.changeProject({
    apiEndpoints: Array.from({ length: listedEndpoints }, (_, number) => ({
      id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
      name: `Endpoint ${number}`,
      host: "*",
      itemOrder: number,
      paths: [`/cars/${number}`, `/cars/${number}/*`],
      methods: ["GET", "POST"],
      scopes: ["cars:read"],
    })),
  });
}

const answerOf = async (response: Response): Promise<RecordedAnswer> => {
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${response.url}.`);
  const body = Buffer.from(await response.arrayBuffer());
  const total = response.headers.get("x-total-count");
  return {
    body,
    headers: {
      "content-type": "application/json;charset=utf-8",
      "content-length": String(body.length),
      ...(total === null ? {} : { "x-total-count": total }),
    },
  };
};

/** Which of the sandbox's servers has what is at a path of the platform's. */
function addressOf({ gitea, workspaces, functions }: Sandbox, path: string): string {
  if (path.startsWith("/api/v1/")) return `${gitea.url}${path}`;
  // The platform in front of it keeps functions in a folder of their own.
  if (path.includes("/functions/")) return `${functions.server.url}${path.replace("/functions/", "/")}`;
  const server = path.includes("/Facets/") ? workspaces.workspaceApi : workspaces.projectApi;
  return `${server.url}${path}`;
}

/** The same for somebody else. */
function renamed({ body, headers }: RecordedAnswer, from: string, to: string): RecordedAnswer {
  const text = body.toString().replaceAll(new RegExp(`\\b${from}\\b`, "g"), to);
  const copy = Buffer.from(text);
  return { body: copy, headers: { ...headers, "content-length": String(copy.length) } };
}

/** Lets the sandbox answer each question once, so that the bodies are of the real shapes and sizes. */
async function record(sandbox: Sandbox): Promise<RecordedPlatform> {
  const reads = new Map<string, RecordedAnswer>(await recordCluster(sandbox, dashboardProjects - 1));
  const ask = async (path: string, token: string) =>
    answerOf(await fetch(addressOf(sandbox, path), { headers: { authorization: `token ${token}` } }));
  const readFor = async (from: string, path: string, called: (number: number) => string) => {
    const answer = await ask(path, `${from}-token`);
    for (let number = 0; number < producers; number += 1) {
      const to = called(number);
      const place = path.replaceAll(new RegExp(`\\b${from}\\b`, "g"), to);
      reads.set(keyOf(place), renamed(answer, from, to));
    }
  };
  for (const path of [paths.viewer, ...paths.repositories]) {
    reads.set(keyOf(path), await ask(path, "demo-token"));
  }
  const { writtenFile, ...read } = pathsOf(recorded.short);
  for (const path of Object.values(read)) await readFor(recorded.short, path, shortProducer);
  const long = pathsOf(recorded.long);
  for (const path of [long.repository, long.document]) await readFor(recorded.long, path, longProducer);
  const written = await fetch(addressOf(sandbox, writtenFile), {
    method: "POST",
    headers: { authorization: "token demo-token", "content-type": "application/json" },
    body: JSON.stringify({ content: Buffer.from("A note.\n").toString("base64"), message: "Save notes.md" }),
  });
  return { reads, write: await answerOf(written) };
}

/** What a platform of many projects answers. */
export async function recordPlatform(): Promise<RecordedPlatform> {
  const atOnce = { readMs: 0, overlapMs: 0, tornMs: 0, writeMs: 0, installMs: 0, clearMs: 0 };
  const sandbox = await startSandbox({
    ...readConfig({}),
    timing: { branchLagMs: 0, hookDelayMs: 0 },
    workspaceTiming: atOnce,
  });
  try {
    shareProjects(sandbox.gitea.platform, "customer-demo", dashboardProjects - 1, ["dev", "functions"]);
    fillLongDocument(sandbox);
    return await record(sandbox);
  } finally {
    await sandbox.stop();
  }
}
