import { readdirSync, readFileSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { parse } from "yaml";
import { startGitea } from "../../../src/sandbox/gitea/gitea.server.ts";
import type { ClusterTiming } from "../../../src/sandbox/kubernetes/cluster.timing.ts";
import { startKubernetes, type Kubernetes } from "../../../src/sandbox/kubernetes/kubernetes.server.ts";
import { FunctionCluster } from "../../../src/sandbox/sls/function.cluster.ts";
import { openCluster, type ClusterConnection } from "../../../src/services/kubernetes/cluster.connection.ts";
import { createObjectClient, type ObjectClient } from "../../../src/services/kubernetes/object.client.ts";

/** A log that says nothing. */
export const silent = pino({ level: "silent" });

const quick: Partial<ClusterTiming> = {
  scheduleMs: 1,
  createMs: 1,
  readyMs: 1,
  terminateMs: 1,
  tooLargeMs: 20,
};

/** The API of a cluster in which nothing runs that the test has not asked for. */
export async function startCluster(timing: Partial<ClusterTiming> = {}): Promise<Kubernetes> {
  const gitea = await startGitea();
  const kubernetes = await startKubernetes({
    platform: gitea.platform,
    functions: new FunctionCluster(),
    prefix: "customer",
    environments: ["dev"],
    functionsRepository: "functions",
    timing: { ...quick, ...timing },
  });
  onTestFinished(async () => {
    await Promise.all([kubernetes.stop(), gitea.stop()]);
  });
  return kubernetes;
}

/** A connection for whoever keeps custom objects, or for one with another token. */
export function connectTo(
  { server, controllerToken }: Kubernetes,
  { url = server.url, token = controllerToken }: { readonly url?: string; readonly token?: string } = {},
): ClusterConnection {
  const connection = openCluster({ from: "address", url, token });
  onTestFinished(connection.close);
  return connection;
}

/** Somebody who may do anything, and is not the actualizer. */
export function operatorOf(kubernetes: Kubernetes): ObjectClient {
  const connection = connectTo(kubernetes, { token: kubernetes.adminToken });
  return createObjectClient({ connection, namespace: kubernetes.namespace, manager: "kubectl" });
}

const folder = new URL("../../../deploy/chart/crds/", import.meta.url);

/** Tells the cluster of the custom resources, as whoever installs them does. */
export async function installDefinitions(kubernetes: Kubernetes): Promise<void> {
  const connection = connectTo(kubernetes, { token: kubernetes.adminToken });
  for (const file of readdirSync(folder)) {
    const text = readFileSync(new URL(file, folder), "utf8");
    const { metadata } = parse(text) as { metadata: { name: string } };
    await connection.ask({
      method: "PATCH",
      path: ["apis", "apiextensions.k8s.io", "v1", "customresourcedefinitions", metadata.name],
      query: { fieldManager: "installer" },
      headers: { "content-type": "application/apply-patch+yaml" },
      body: text,
      timeoutMs: 5_000,
    });
  }
}

/** A way to the cluster that only one has, so that it can be broken for that one. */
export interface Line {
  readonly url: string;
  /** Nothing gets through any more, and nobody is told. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Every connection breaks, and every new one, too. */
  readonly cut: () => void;
  readonly mend: () => void;
}

export async function openLine({ server }: Kubernetes): Promise<Line> {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  let isCut = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket)).on("error", () => undefined);
  };
  const line = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(server.port, "127.0.0.1");
    keep(near);
    keep(far);
    near.pipe(far).pipe(near);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
    if (isFrozen) for (const socket of [near, far]) socket.pause();
  });
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    line.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    freeze: () => {
      isFrozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw: () => {
      isFrozen = false;
      for (const socket of sockets) socket.resume();
    },
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      isCut = false;
    },
  };
}
