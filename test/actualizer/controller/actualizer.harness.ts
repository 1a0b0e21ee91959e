import { createLog } from "../../../src/log.ts";
import { expect, onTestFinished, vi } from "vitest";
import type { ControllerPatience } from "../../../src/actualizer/controller/controlled.kind.ts";
import {
  controlledGateways,
  controlledWorkspaces,
} from "../../../src/actualizer/controller/controlled.kinds.ts";
import { createController } from "../../../src/actualizer/controller/controller.ts";
import {
  watchOwned,
  watchResources,
  type WatchMeans,
} from "../../../src/actualizer/controller/known.objects.ts";
import { createTerm, type Term } from "../../../src/actualizer/controller/leader.term.ts";
import { apiKindOf, ownedKinds } from "../../../src/actualizer/controller/owned.kinds.ts";
import { functionKind } from "../../../src/actualizer/resources/function.resource.ts";
import { gatewayKind, gatewayShape } from "../../../src/actualizer/resources/gateway.resource.ts";
import { producerKind } from "../../../src/actualizer/resources/producer.resource.ts";
import type { Condition } from "../../../src/actualizer/resources/resource.parts.ts";
import type { CustomResource } from "../../../src/actualizer/resources/resources.ts";
import { workspaceKind, workspaceShape } from "../../../src/actualizer/resources/workspace.resource.ts";
import { deployments, services, type Resource } from "../../../src/sandbox/kubernetes/resource.kinds.ts";
import { configMaps, ingresses } from "../../../src/sandbox/kubernetes/stored.kinds.ts";
import type { ClusterTiming } from "../../../src/sandbox/kubernetes/cluster.timing.ts";
import type { Kubernetes } from "../../../src/sandbox/kubernetes/kubernetes.server.ts";
import type { ApiKind, ClusterObject } from "../../../src/services/kubernetes/object.client.ts";
import type { WatchPatience } from "../../../src/services/kubernetes/watch.patience.ts";
import { settingsWith, wantedOf } from "../actualizer.source.ts";
import { connectTo, installDefinitions, operatorOf, silent, startCluster } from "./cluster.harness.ts";

export const quick: Partial<ControllerPatience> = {
  lookMs: 60_000,
  waitMs: 30,
  disputeMs: 60_000,
  drainMs: 500,
  firstDelayMs: 20,
  longestDelayMs: 200,
};

export const watching: Partial<WatchPatience> = {
  watchSeconds: 5,
  graceMs: 500,
  pageTimeoutMs: 500,
  headersTimeoutMs: 500,
  settledMs: 50,
  firstDelayMs: 5,
  longestDelayMs: 40,
};

/** What a test changes of how the actualizer works. */
export interface Given {
  readonly patience?: Partial<ControllerPatience>;
  readonly isDryRun?: boolean;
  /** The term for which it leads, if not for one that can be lost. */
  readonly term?: Term;
  readonly pausedProducers?: ReadonlySet<string>;
  readonly withheld?: ReadonlySet<string>;
}

export const kinds: Readonly<Record<string, ApiKind>> = {
  ...ownedKinds,
  Workspace: apiKindOf(workspaceKind),
  Gateway: apiKindOf(gatewayKind),
  Producer: apiKindOf(producerKind),
  Function: apiKindOf(functionKind),
};

/** A controller for each of workspaces and gateways, which lead as long as the test has it. */
export async function actualize(kubernetes: Kubernetes, given: Given = {}) {
  const lines: string[] = [];
  const log = given.isDryRun ? createLog("info", { write: (line: string) => void lines.push(line) }) : silent;
  const { namespace } = kubernetes;
  const connection = connectTo(kubernetes);
  const means: WatchMeans = { connection, namespace, patience: watching, log: silent };
  const owned = watchOwned(means);
  const workspaces = watchResources(means, workspaceKind, (object) => workspaceShape.parse(object));
  const gateways = watchResources(means, gatewayKind, (object) => gatewayShape.parse(object));
  const around = {
    settings: settingsWith(),
    withheldFrom: () => given.withheld ?? new Set<string>(),
    isProducerPaused: (producer: string) => given.pausedProducers?.has(producer) ?? false,
  };
  const parts = {
    owned,
    connection,
    namespace,
    patience: { ...quick, ...given.patience },
    isDryRun: given.isDryRun ?? false,
    log,
  };
  const controllers = {
    workspaces: createController({ ...parts, kind: controlledWorkspaces(around), resources: workspaces }),
    gateways: createController({ ...parts, kind: controlledGateways(around), resources: gateways }),
  };
  const all = [owned, workspaces, gateways];
  const term = createTerm(performance.now(), 1_000_000);
  const leading = Object.values(controllers).map((controller) => controller.lead(given.term ?? term));
  for (const known of all) known.start();
  const stop = async () => {
    await Promise.all(leading.map((each) => each.stop()));
    await Promise.all(all.map((known) => known.stop()));
  };
  onTestFinished(stop);
  const isIdle = () =>
    Object.values(controllers).every(({ counts }) => {
      const { waiting = 0, running = 0 } = counts() ?? {};
      return waiting + running === 0;
    });
  return { controllers, owned, workspaces, gateways, term, stop, lines, isIdle };
}

interface Said {
  readonly [type: string]: string;
}

/** A cluster that knows custom resources, and somebody who makes and looks at them. */
export async function startPlatform(timing: Partial<ClusterTiming> = {}) {
  const kubernetes = await startCluster(timing);
  await installDefinitions(kubernetes);
  const operator = operatorOf(kubernetes);
  const kindOf = (kind: string) => kinds[kind] ?? { apiVersion: "v1", kind, plural: "" };

  const get = (kind: string, name: string) => operator.get(kindOf(kind), name);
  const change = (kind: string, name: string, patch: object) =>
    operator.patch(kindOf(kind), name, patch as Record<string, unknown>);
  const remove = async (kind: string, name: string) => {
    const uid = (await get(kind, name))?.metadata.uid ?? "";
    await operator.remove(kindOf(kind), name, { uid, propagation: "Background" });
  };
  const make = async (...resources: readonly CustomResource[]) => {
    for (const resource of resources) await operator.create(kindOf(resource.kind), resource);
  };
  const names = () => {
    const { cluster } = kubernetes;
    const lists = [configMaps, deployments, services, ingresses] as readonly Resource[];
    return lists.flatMap((list) => cluster.list(list).map(({ metadata }) => `${list.kind} ${metadata.name}`));
  };
  /** What a resource says of itself: the reason of each condition by its type. */
  const said = async (kind: string, name: string): Promise<Said> => {
    const status = (await get(kind, name))?.["status"] as { conditions?: Condition[] } | undefined;
    return Object.fromEntries((status?.conditions ?? []).map(({ type, reason }) => [type, reason]));
  };
  const wordsOf = async (kind: string, name: string, about: string) => {
    const status = (await get(kind, name))?.["status"] as { conditions?: Condition[] } | undefined;
    return status?.conditions?.find(({ type }) => type === about)?.message ?? "";
  };
  const until = (look: () => unknown) =>
    vi.waitFor(
      async () => {
        await look();
      },
      { timeout: 15_000, interval: 5 },
    );
  const untilSaid = (kind: string, name: string, expected: Said) =>
    until(async () => expect(await said(kind, name)).toMatchObject(expected));

  /** All that the actualizer has written so far, such as `PATCH deployments/workspace-demo-dev`. */
  const writes = () =>
    kubernetes.server.requests
      .filter(
        ({ method, headers }) =>
          method !== "GET" && headers.authorization === `Bearer ${kubernetes.controllerToken}`,
      )
      .map(({ method, path }) => `${method} ${path.replace(/^.*\/customer\//, "").replace(/\?.*$/, "")}`);
  return {
    ...{ kubernetes, operator, get, change, remove, make, names, said, wordsOf, until, untilSaid, writes },
    cluster: kubernetes.cluster,
    faults: kubernetes.server.faults,
  };
}

/** Demo's resources as they are first sent. */
export function demo<Kind extends CustomResource["kind"]>(
  kind: Kind,
): Extract<CustomResource, { kind: Kind }> {
  const found = wantedOf().resources.find((each) => each.kind === kind);
  if (!found) throw new Error(`there is no ${kind}`);
  return found as Extract<CustomResource, { kind: Kind }>;
}

/** What an object is made of, for a look at parts of it. */
export const fieldsOf = (object: ClusterObject | undefined) =>
  object as unknown as {
    readonly metadata: {
      readonly uid: string;
      readonly finalizers?: readonly string[];
      readonly labels: Readonly<Record<string, string>>;
      readonly ownerReferences?: readonly { readonly uid: string; readonly kind: string }[];
    };
    readonly spec: Readonly<Record<string, unknown>>;
    readonly status?: Readonly<Record<string, unknown>>;
  };
