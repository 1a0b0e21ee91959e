import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { readConfig } from "../../src/config.ts";
import { projectFilePath } from "../../src/services/project-file.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { configMaps } from "../../src/sandbox/kubernetes/stored.kinds.ts";
import { countCalls } from "../actualizer/call.counts.ts";
import { addProducers, producerName, projectFile } from "../actualizer/producers.seed.ts";
import { wrongObjects } from "../actualizer/right.cluster.ts";
import { serveMeasured } from "../process/measured.ts";

/** What a platform of many producers can be told. */
export interface PlatformTask {
  readonly what: "calls" | "wrong" | "save" | "token";
  /** Whose canvas is saved, and for which time. */
  readonly producer?: number;
  readonly saving?: number;
}

const definitions = new URL("../../deploy/chart/crds/", import.meta.url);

async function askCluster(url: string, token: string, path: string, body: string): Promise<void> {
  const headers = { "content-type": "application/apply-patch+yaml", authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}${path}?fieldManager=sett&force=true`, {
    method: "PATCH",
    headers,
    body,
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

/** The sandbox platform with many producers and a cluster on which nothing runs yet. */
serveMeasured(async ({ producers = 0 }) => {
  const config = readConfig({});
  const prefix = config.PRODUCER_PREFIX;
  const sandbox = await startSandbox({
    ...config,
    cluster: "empty",
    timing: { branchLagMs: 0, hookDelayMs: 0 },
    clusterTiming: { scheduleMs: 1, createMs: 1, readyMs: 1, terminateMs: 1 },
  });
  const { gitea, gitApi, configstore, workspaces, functions, kubernetes, addresses } = sandbox;
  const { platform } = gitea;
  // Only these count: the sandbox's own people are there for others.
  for (const login of platform.logins()) if (login.startsWith(`${prefix}-`)) platform.removeUser(login);
  addProducers(platform, prefix, producers);
  for (const file of readdirSync(definitions)) {
    const text = readFileSync(new URL(file, definitions), "utf8");
    const { metadata } = parse(text) as { metadata: { name: string } };
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${metadata.name}`;
    await askCluster(kubernetes.server.url, kubernetes.adminToken, path, text);
  }
  const calls = countCalls({
    gitea,
    "git-api": gitApi,
    configstore,
    workspace: workspaces.workspaceApi,
    "running project": workspaces.runningProjects,
    "sls-api": functions.server,
    cluster: kubernetes.server,
  });

  /** Saves a canvas and tells of it as the gateway does; answers when the cluster has what follows from it. */
  async function save(number: number, saving: number): Promise<{ readonly ms: number }> {
    const { cluster, namespace, server, adminToken } = kubernetes;
    const producer = producerName(number);
    const login = `${prefix}-${producer}`;
    const files = { [projectFilePath]: projectFile(number, saving) };
    const sought = `service-${saving}.example`;
    const startedAt = performance.now();
    const done = new Promise<void>((resolve) => {
      const stop = cluster.store.onChange(({ resource, object }) => {
        const isMeant = resource === configMaps && object.metadata.name === `gateway-${producer}-dev-gateway`;
        if (!isMeant || !JSON.stringify(object["data"]).includes(sought)) return;
        stop();
        resolve();
      });
    });
    platform.push(login, "dev", { commits: [{ message: "Saved", files }] });
    const annotations = { "sett.lunchbadger.io/changed": `${saving}` };
    const resource = {
      apiVersion: "sett.lunchbadger.io/v1",
      kind: "Producer",
      metadata: { name: producer, annotations },
      spec: { login },
    };
    const path = `/apis/sett.lunchbadger.io/v1/namespaces/${namespace}/producers/${producer}`;
    await askCluster(server.url, adminToken, path, JSON.stringify(resource));
    await done;
    return { ms: performance.now() - startedAt };
  }

  return {
    port: gitea.port,
    addresses: {
      ...addresses,
      kubernetes: { ...addresses.kubernetes, token: kubernetes.controllerToken },
    },
    answer: ({ what, producer = 0, saving = 0 }: PlatformTask) => {
      if (what === "calls") return calls();
      if (what === "wrong") return wrongObjects(kubernetes.cluster, producers);
      if (what === "token") return kubernetes.adminToken;
      return save(producer, saving);
    },
  };
});
