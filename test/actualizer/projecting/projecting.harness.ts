import { Registry } from "prom-client";
import { expect, onTestFinished } from "vitest";
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
import { createTerm } from "../../../src/actualizer/controller/leader.term.ts";
import { createProjecting } from "../../../src/actualizer/projecting/projecting.ts";
import type { ProjectingPatience } from "../../../src/actualizer/projecting/projecting.patience.ts";
import { functionKind, functionShape } from "../../../src/actualizer/resources/function.resource.ts";
import { gatewayKind, gatewayShape } from "../../../src/actualizer/resources/gateway.resource.ts";
import { producerKind, producerShape } from "../../../src/actualizer/resources/producer.resource.ts";
import { resourceApiVersion } from "../../../src/actualizer/resources/resource.parts.ts";
import { workspaceKind, workspaceShape } from "../../../src/actualizer/resources/workspace.resource.ts";
import { createLog } from "../../../src/log.ts";
import { settingsWith } from "../actualizer.source.ts";
import { kinds, quick, startPlatform, watching } from "../controller/actualizer.harness.ts";
import { connectTo, silent } from "../controller/cluster.harness.ts";
import { SavedPlatform } from "./saved.platform.ts";

const hasty: Partial<ProjectingPatience> = {
  passMs: 600_000,
  everybodyMs: Infinity,
  goneAfterMs: 40,
  undecidedMs: 600_000,
  waitMs: 20,
  disputeMs: 600_000,
  drainMs: 500,
  firstDelayMs: 10,
  longestDelayMs: 50,
};

/** What a test changes of how producers' things are projected. */
export interface Given {
  readonly patience?: Partial<ProjectingPatience>;
  readonly isDryRun?: boolean;
}

type Platform = Awaited<ReturnType<typeof startPlatform>>;

/** Projects what is saved, and has workspaces and gateways run, as long as the test has it. */
export async function projectOnto({ kubernetes }: Platform, source: SavedPlatform, given: Given = {}) {
  const lines: string[] = [];
  const log = createLog("info", { write: (line: string) => void lines.push(line) });
  const { namespace } = kubernetes;
  const connection = connectTo(kubernetes);
  const means: WatchMeans = { connection, namespace, patience: watching, log: silent };
  const owned = watchOwned(means);
  const resources = {
    producers: watchResources(means, producerKind, (object) => producerShape.parse(object)),
    workspaces: watchResources(means, workspaceKind, (object) => workspaceShape.parse(object)),
    gateways: watchResources(means, gatewayKind, (object) => gatewayShape.parse(object)),
    functions: watchResources(means, functionKind, (object) => functionShape.parse(object)),
  };
  const registry = new Registry();
  const settings = settingsWith();
  const isDryRun = given.isDryRun ?? false;
  const shared = { owned, connection, namespace, isDryRun };
  const projecting = createProjecting({
    ...{ ...shared, source, resources, settings, registry, log },
    patience: { ...hasty, ...given.patience },
    controllerPatience: quick,
  });
  const { projector, producers, surroundings, needs } = projecting;
  const parts = { ...shared, needs, patience: quick, log: silent };
  const workspaces = createController({
    ...{ ...parts, kind: controlledWorkspaces(surroundings), resources: resources.workspaces },
  });
  const gateways = createController({
    ...{ ...parts, kind: controlledGateways(surroundings), resources: resources.gateways },
  });
  projecting.tell({ Workspace: workspaces, Gateway: gateways });
  const term = createTerm(performance.now(), 1_000_000);
  const leading = [projector, producers, workspaces, gateways].map((each) => each.lead(term));
  const watches = [owned, ...Object.values(resources)];
  for (const each of watches) each.start();
  const stop = async () => {
    await Promise.all(leading.map((each) => each.stop()));
    await Promise.all(watches.map((each) => each.stop()));
  };
  onTestFinished(stop);
  const isIdle = () =>
    [projector, producers, workspaces, gateways].every(({ counts }) => {
      const { waiting = 0, running = 0 } = counts() ?? {};
      return waiting + running === 0;
    });
  return { projector, resources, registry, lines, stop, isIdle, term };
}

/** A cluster, what is saved, and a look at both. */
export async function startProjecting(save: (source: SavedPlatform) => void, given: Given = {}) {
  const platform = await startPlatform();
  const source = new SavedPlatform();
  save(source);
  const projecting = await projectOnto(platform, source, given);
  const list = async (kind: string) => {
    const { plural = "" } = kinds[kind] ?? {};
    const path = ["apis", ...resourceApiVersion.split("/"), "namespaces", "customer", plural];
    const connection = connectTo(platform.kubernetes, { token: platform.kubernetes.adminToken });
    const answer = JSON.parse(await connection.ask({ path, timeoutMs: 5_000 })) as {
      items: { metadata: { name: string } }[];
    };
    return answer.items.map(({ metadata }) => `${kind} ${metadata.name}`);
  };
  /** All custom resources there are, each behind its kind. */
  const resourceNames = async () =>
    (await Promise.all(["Producer", "Workspace", "Gateway", "Function"].map(list))).flat().sort();
  const untilThere = (...names: readonly string[]) =>
    platform.until(async () => expect(await resourceNames()).toEqual([...names].sort()));
  /** Nothing is being done, and the cluster has said all that it has to say. */
  const untilQuiet = async () => {
    let before = -1;
    await platform.until(() => {
      const writes = platform.writes().length;
      const isSame = writes === before;
      before = writes;
      expect(isSame && projecting.isIdle()).toBe(true);
    });
  };
  return { ...platform, ...projecting, source, resourceNames, untilThere, untilQuiet };
}

/** What a resource is annotated with. */
export const annotated = (name: string, value: string | null) => ({
  metadata: { annotations: { [`sett.lunchbadger.io/${name}`]: value } },
});
