import { pino } from "pino";
import { Registry } from "prom-client";
import { onTestFinished, vi } from "vitest";
import type { PodGrant } from "../../src/permissions/grant.ts";
import { createClusterService } from "../../src/services/kubernetes/cluster.service.ts";
import type { LogPatience } from "../../src/services/kubernetes/logs/log.patience.ts";
import type { LogQueue } from "../../src/services/kubernetes/logs/log.queue.ts";
import type { LogStart } from "../../src/services/kubernetes/logs/log.start.ts";
import { createPodLogsService } from "../../src/services/kubernetes/logs/pod-logs.service.ts";
import { addRunningPod, cluster, kubernetes } from "../sandbox/kubernetes.harness.ts";

const silent = pino({ level: "silent" });

const quick: Partial<LogPatience> = {
  headersTimeoutMs: 2000,
  settledMs: 30,
  firstDelayMs: 2,
  longestDelayMs: 20,
  batch: { everyMs: 2, lines: 1000, bytes: 256 * 1024 },
};

/** The logs of the cluster of the test that is running, and what is known of its pods. */
export async function openLogs(patience: Partial<LogPatience> = {}, limit = 10) {
  const { server, namespace } = kubernetes;
  cluster.access.add("logs-token", {
    username: "logs",
    uid: "9",
    groups: ["system:authenticated"],
    isAdmin: true,
  });
  const service = createClusterService({
    place: { from: "address", url: server.url, token: "logs-token", namespace },
    patience: { firstDelayMs: 2, longestDelayMs: 20, settledMs: 10 },
    log: silent,
    registry: new Registry(),
    queueLimit: 100,
  });
  service.start();
  const logs = createPodLogsService({
    cluster: service,
    patience: { ...quick, ...patience },
    limit,
    log: silent,
  });
  onTestFinished(async () => {
    logs.close();
    await service.stop();
  });
  await service.known();
  return { service, logs };
}

/** A pod of the platform that runs, and the right to it. */
export function runningPod(name: string): PodGrant {
  addRunningPod(name, { app: "workspace", producer: "demo", env: "dev" });
  return { producer: "demo", env: "dev", pod: name, kind: "WORKSPACE" } as unknown as PodGrant;
}

/** Reads a queue to its end, and keeps all it tells. */
export function readAll(queue: LogQueue) {
  const texts: string[] = [];
  const chunks: Awaited<ReturnType<LogQueue["next"]>>["value"][] = [];
  let last: string | undefined;
  const over = (async () => {
    for await (const delivery of queue) {
      chunks.push(delivery);
      for (const { text, position } of delivery.event.lines) {
        texts.push(text);
        last = position;
      }
    }
  })();
  // A failure is for whoever waits for the end.
  over.catch(() => undefined);
  return { texts, chunks, over, last: () => last };
}

/** Waits until the cluster's pod is known here. */
export async function follow(
  { logs, service }: Awaited<ReturnType<typeof openLogs>>,
  grant: PodGrant,
  start: LogStart = {},
) {
  await vi.waitFor(() => service.pod(grant), { timeout: 5000, interval: 5 });
  return logs.follow(grant, undefined, start);
}
