import { randomUUID } from "node:crypto";
import { expect, onTestFinished, vi } from "vitest";
import { platformOf, readActualizerConfig } from "../../../src/actualizer/actualizer.config.ts";
import {
  createActualizer,
  type Actualizer,
  type ActualizerPatience,
} from "../../../src/actualizer/actualizer.ts";
import { apiKindOf } from "../../../src/actualizer/controller/owned.kinds.ts";
import { producerKind } from "../../../src/actualizer/resources/producer.resource.ts";
import { resourceAnnotations } from "../../../src/actualizer/resources/resource.parts.ts";
import { createLog } from "../../../src/log.ts";
import { createMetrics } from "../../../src/metrics.ts";
import type { ClusterObject } from "../../../src/sandbox/kubernetes/kubernetes.object.ts";
import type { Change } from "../../../src/sandbox/kubernetes/object.store.ts";
import { deployments, services, type Resource } from "../../../src/sandbox/kubernetes/resource.kinds.ts";
import { configMaps, ingresses } from "../../../src/sandbox/kubernetes/stored.kinds.ts";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { LogLines } from "../../support/log-lines.ts";
import { operatorOf } from "../controller/cluster.harness.ts";
import { variablesFor } from "../process/process.harness.ts";

export { startPlatform } from "../process/process.harness.ts";

/** As patient as in the tests of the process, but for those who are looked at often, and gone soon. */
export const impatient: ActualizerPatience = {
  watch: { firstDelayMs: 5, settledMs: 30, longestDelayMs: 50 },
  leader: { retryMs: 50, leaseMs: 2000, termMs: 1500 },
  controller: { waitMs: 30, firstDelayMs: 20, longestDelayMs: 200, disputeMs: 200 },
  projecting: {
    ...{ waitMs: 30, undecidedMs: 50, firstDelayMs: 20, longestDelayMs: 200, disputeMs: 200 },
    ...{ passMs: 100, goneAfterMs: 1 },
  },
};

export const until = { timeout: 30_000, interval: 20 };

/** An actualizer of a platform, which ends with the test if it has not before. */
export function actualize(
  sandbox: Sandbox,
  { url, patience = impatient }: { readonly url?: string; readonly patience?: ActualizerPatience } = {},
): Actualizer & { readonly log: LogLines } {
  const log = new LogLines();
  const { shared, own, settings } = readActualizerConfig({
    ...variablesFor(sandbox),
    ...(url === undefined ? {} : { KUBERNETES_URL: url }),
  });
  const { addresses, place } = platformOf(shared);
  const actualizer = createActualizer({
    ...{ config: shared, own, settings, addresses, place, patience },
    log: createLog("info", log),
    metrics: createMetrics(),
  });
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= actualizer.stop());
  onTestFinished(stop);
  actualizer.start();
  return { ...actualizer, stop, log };
}

const objectKinds = [deployments, services, ingresses, configMaps] as readonly Resource[];

/** Functions' objects are nobody's here but sls-api's. */
const isOurs = (resource: Resource, { metadata }: ClusterObject) =>
  (objectKinds.includes(resource) && !metadata.name.startsWith("fn-")) || resource.isCustom;

/** What is meant of each object and resource, by kind and name. */
export function whatRuns({ kubernetes: { cluster } }: Sandbox): Readonly<Record<string, unknown>> {
  const kinds = [...objectKinds, ...cluster.resources.all().filter(({ isCustom }) => isCustom)];
  const entries = kinds.flatMap((kind) =>
    cluster
      .list(kind)
      .filter((object) => isOurs(kind, object))
      .map((object) => {
        const { metadata, ...rest } = object;
        const ending = metadata.deletionTimestamp === undefined ? {} : { isEnding: true };
        const meant = { labels: metadata.labels, spec: specOf(rest["spec"]), data: rest["data"] };
        return [`${kind.kind} ${metadata.name}`, { ...meant, ...ending }] as const;
      }),
  );
  return Object.fromEntries(entries);
}

/** Commits differ from one platform to the next, and addresses inside of the cluster. */
function specOf(spec: unknown): unknown {
  const text = JSON.stringify(spec ?? {}, (key, value: unknown) =>
    ["source", "clusterIP", "clusterIPs"].includes(key) ? undefined : value,
  );
  return JSON.parse(text) as unknown;
}

/** What is taken away of what is ours from now on, as `Deployment workspace-demo-dev`. */
export function removals({ kubernetes: { cluster } }: Sandbox): readonly string[] {
  const removed: string[] = [];
  const hear = ({ type, resource, object }: Change) => {
    if (type === "DELETED" && isOurs(resource, object))
      removed.push(`${resource.kind} ${object.metadata.name}`);
  };
  onTestFinished(cluster.store.onChange(hear));
  return removed;
}

/** What actualizers have asked of the cluster, but for their term, such as `PATCH deployments/workspace-demo-dev`. */
export const askedOf = ({ kubernetes: { server, controllerToken } }: Sandbox): readonly string[] =>
  server.requests
    .filter(({ headers }) => headers.authorization === `Bearer ${controllerToken}`)
    .map(({ method, path }) => `${method} ${path.replace(/^.*\/customer\//, "").replace(/\?.*$/, "")}`)
    .filter((each) => !each.includes("leases/"));

const writesOf = (sandbox: Sandbox) => askedOf(sandbox).filter((each) => !each.startsWith("GET"));

/** How often everybody has been listed since what Gitea was asked was last forgotten. */
export const listings = ({ gitea }: Sandbox): number =>
  gitea.requests.filter(({ path }) => path.includes("/admin/users?")).length;

/** Passes without a single write while everybody is listed so often: it is at rest, and no hot loop. */
export async function untilAtRest(sandbox: Sandbox, actualizer: Actualizer): Promise<void> {
  const { gitea } = sandbox;
  await vi.waitFor(async () => {
    await actualizer.settled();
    sandbox.kubernetes.server.clearRequests();
    gitea.clearRequests();
    await vi.waitFor(() => expect(listings(sandbox)).toBeGreaterThan(2), until);
    expect(writesOf(sandbox)).toEqual([]);
    expect(askedOf(sandbox).length).toBeLessThan(20);
  }, until);
}

/** Whatever has begun to be made of what was read is done; something may be looked at again and again. */
export const untilLooked = (actualizer: Actualizer): Promise<void> =>
  vi.waitFor(() => expect(actualizer.counts()["projector"]).toMatchObject({ waiting: 0, running: 0 }), until);

/** Has whoever leads look at a producer. */
export async function hint({ kubernetes }: Sandbox, producer: string): Promise<void> {
  const annotations = { [resourceAnnotations.changed]: randomUUID() };
  await operatorOf(kubernetes).patch(apiKindOf(producerKind), producer, { metadata: { annotations } });
}

/** The same, and waits until nothing is left to be done, which is never while something cannot be asked. */
export async function tell(sandbox: Sandbox, actualizer: Actualizer, producer: string): Promise<void> {
  await hint(sandbox, producer);
  await actualizer.settled();
}
