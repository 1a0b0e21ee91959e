import { randomUUID } from "node:crypto";
import recorded from "./recorded.pod.json" with { type: "json" };

/** A pod as a real API server once told it, with everything that nobody reads. */
export type RecordedPod = typeof recorded;

const apps = ["workspace", "sls-api", "gateway", "kubeless-fn"] as const;
const podsOfOneProducer = 10;

/** One of many pods: no two have a name, an address or a producer's share of them in common. */
export function podNumber(number: number): RecordedPod {
  const app = apps[number % apps.length] ?? "workspace";
  const producer = `producer${Math.floor(number / podsOfOneProducer)}`;
  const id = randomUUID();
  const start = new Date(Date.parse(recorded.status.startTime) + number * 1000).toISOString();
  const startedAt = start.replace(/\.\d+Z$/, "Z");
  const [container] = recorded.spec.containers;
  const [status] = recorded.status.containerStatuses;
  if (!container || !status) throw new Error("The recorded pod has no container.");
  return {
    ...recorded,
    metadata: {
      ...recorded.metadata,
      name: `${app}-${producer}-dev-${id.slice(0, 8)}-${String(number).padStart(5, "0")}`,
      uid: id,
      creationTimestamp: startedAt,
      labels: { ...recorded.metadata.labels, app, producer, id: randomUUID() },
    },
    spec: { ...recorded.spec, containers: [{ ...container, name: app, image: `lunchbadger/${app}:1` }] },
    status: {
      ...recorded.status,
      podIP: `10.244.${number >> 8}.${number & 255}`,
      startTime: startedAt,
      containerStatuses: [{ ...status, name: app, state: { running: { startedAt } } }],
    },
  };
}

/** The same pod after its container was started once more. */
export function restarted(pod: RecordedPod): RecordedPod {
  const containerStatuses = pod.status.containerStatuses.map((status) => ({
    ...status,
    restartCount: status.restartCount + 1,
  }));
  return { ...pod, status: { ...pod.status, containerStatuses } };
}
