import { onTestFinished, vi } from "vitest";
import { controlledWorkspaces } from "../../../src/actualizer/controller/controlled.kinds.ts";
import { createController } from "../../../src/actualizer/controller/controller.ts";
import { watchOwned, watchResources } from "../../../src/actualizer/controller/known.objects.ts";
import { createTerm, type Term } from "../../../src/actualizer/controller/leader.term.ts";
import { createFunctionController } from "../../../src/actualizer/functions/function.controller.ts";
import type { FunctionPatience } from "../../../src/actualizer/functions/function.patience.ts";
import { createFunctionPlaces } from "../../../src/actualizer/functions/function.places.ts";
import { watchFunctionWorkloads } from "../../../src/actualizer/functions/function.workloads.ts";
import { openFunctions } from "../../../src/actualizer/functions/open.functions.ts";
import {
  functionKind,
  functionShape,
  type FunctionResource,
} from "../../../src/actualizer/resources/function.resource.ts";
import { workspaceKind, workspaceShape } from "../../../src/actualizer/resources/workspace.resource.ts";
import { createPlatformNames } from "../../../src/permissions/platform-names.ts";
import { startSandbox } from "../../../src/sandbox/sandbox.ts";
import { createMetrics } from "../../../src/metrics.ts";
import { customKinds, peoplesManager } from "../../../src/services/actualizer/resource.names.ts";
import { createObjectClient } from "../../../src/services/kubernetes/object.client.ts";
import { settingsWith, wantedOf } from "../actualizer.source.ts";
import { connectTo, installDefinitions, operatorOf, silent } from "../controller/cluster.harness.ts";

const platform = { PRODUCER_PREFIX: "customer", ENVIRONMENTS: ["dev"], FUNCTIONS_REPOSITORY: "functions" };

const quick: Partial<FunctionPatience> = {
  lookMs: 60_000,
  waitMs: 30,
  drainMs: 500,
  firstDelayMs: 20,
  longestDelayMs: 200,
  settleMs: 300,
  retryMs: 20,
  heldMs: 400,
  overdueMs: 60_000,
};

const watching = {
  watchSeconds: 5,
  graceMs: 500,
  pageTimeoutMs: 500,
  headersTimeoutMs: 500,
  settledMs: 50,
  firstDelayMs: 5,
  longestDelayMs: 40,
};

/** A platform on whose cluster functions run that are deployed, and nothing else. */
export async function startFunctionPlatform() {
  const sandbox = await startSandbox({
    ...platform,
    cluster: "empty",
    functionTiming: { writeMs: 1, deployMs: 20, undeployMs: 5, logsMs: 1 },
    clusterTiming: { scheduleMs: 1, createMs: 1, readyMs: 1, terminateMs: 1, compareMs: 20 },
  });
  onTestFinished(sandbox.stop);
  const { kubernetes, functions } = sandbox;
  // What runs the functions' services is not what these tests are about.
  functions.follow(undefined);
  await installDefinitions(kubernetes);
  const operator = operatorOf(kubernetes);
  const people = createObjectClient({
    connection: connectTo(kubernetes, { token: kubernetes.adminToken }),
    namespace: kubernetes.namespace,
    manager: peoplesManager,
  });
  const wanted = (name: string) => wantedOf({ functions: [{ name, revision: "r1" }] });
  const find = (kind: "Function" | "Workspace", name = "hello") => {
    const found = wanted(name).resources.find((each) => each.kind === kind);
    if (!found) throw new Error(`there is no ${kind}`);
    return found;
  };
  const nameOf = (name: string) => find("Function", name).metadata.name;
  const get = async (name: string) => {
    const found = await operator.get(customKinds.FUNCTION, nameOf(name));
    return found && functionShape.parse(found);
  };
  return {
    sandbox,
    operator,
    functions,
    get,
    /** Makes the resource of a function, as the projection does. */
    make: (name: string) => operator.create(customKinds.FUNCTION, find("Function", name)),
    makeWorkspace: () => operator.create(customKinds.WORKSPACE, find("Workspace")),
    /** Says what people want, as the gateway does. */
    want: (name: string, given: Partial<FunctionResource["spec"]>) => {
      const spec = { producer: "demo", env: "dev", name, ...given };
      const resource = { metadata: { name: nameOf(name) }, spec };
      return people.apply(customKinds.FUNCTION, resource, { isForced: true });
    },
    change: (name: string, spec: Partial<FunctionResource["spec"]>) =>
      operator.patch(customKinds.FUNCTION, nameOf(name), { spec }),
    remove: async (name: string) => {
      const uid = (await get(name))?.metadata.uid ?? "";
      await operator.remove(customKinds.FUNCTION, nameOf(name), { uid, propagation: "Background" });
    },
    nameOf,
    runs: (name: string) => functions.cluster.find(`fn-demo-dev-${name}`) !== undefined,
    said: async (name: string) => {
      const conditions = (await get(name))?.status?.conditions ?? [];
      return Object.fromEntries(conditions.map(({ type, reason }) => [type, reason]));
    },
    /** The commands that the sls-apis were sent, in their order. */
    commands: () =>
      functions.server.requests
        .filter(({ path, method }) => method !== "GET" && path.includes("/deploy"))
        .map(({ method, path, body }) =>
          method === "DELETE"
            ? `take back ${path.slice(path.lastIndexOf("/") + 1)}`
            : `deploy ${(body as { name: string }).name}`,
        ),
    until: (look: () => unknown) =>
      vi.waitFor(
        async () => {
          await look();
        },
        { timeout: 15_000, interval: 5 },
      ),
  };
}

type Platform = Awaited<ReturnType<typeof startFunctionPlatform>>;

/** The controllers of workspaces and functions, which lead as long as the test has them. */
export async function actualizeFunctions(
  { sandbox }: Platform,
  given: {
    readonly patience?: Partial<FunctionPatience>;
    readonly term?: Term;
    readonly isDryRun?: boolean;
  } = {},
) {
  const { kubernetes, addresses } = sandbox;
  const { namespace } = kubernetes;
  const connection = connectTo(kubernetes);
  const means = { connection, namespace, patience: watching, log: silent };
  const owned = watchOwned(means);
  const workspaces = watchResources(means, workspaceKind, (object) => workspaceShape.parse(object));
  const functions = watchResources(means, functionKind, (object) => functionShape.parse(object));
  const workloads = watchFunctionWorkloads(means);
  const places = createFunctionPlaces({ functions, workloads });
  const metrics = createMetrics();
  const opened = openFunctions({
    config: {
      FUNCTION_TIMEOUT: 2_000,
      DEPLOY_TIMEOUT: 2_000,
      UPSTREAM_ANSWER_LIMIT: 1_000_000,
      UPSTREAM_CONNECTIONS: 16,
    },
    addresses,
    names: createPlatformNames({ ...platform, ENVIRONMENT_SECRET: [] }, addresses.giteaToken),
    log: silent,
    metrics,
  });
  const patience = { ...quick, ...given.patience };
  const isDryRun = given.isDryRun ?? false;
  const shared = { owned, connection, namespace, patience, isDryRun, log: silent };
  const around = {
    settings: settingsWith(),
    withheldFrom: () => new Set<string>(),
    isProducerPaused: () => false,
    isTakingBack: places.isTakingBack,
  };
  const controllers = {
    workspaces: createController({
      ...{ ...shared, kind: controlledWorkspaces(around), resources: workspaces },
      needs: [functions, workloads],
    }),
    functions: createFunctionController({
      ...{ ...shared, ...opened, functions, workloads, places, workspaces },
      isProducerPaused: () => false,
    }),
  };
  places.onTakingBack((name) => controllers.workspaces.look(name, "fresh"));
  const all = [owned, workspaces, functions, workloads];
  const term = given.term ?? createTerm(performance.now(), 1_000_000);
  const leading = Object.values(controllers).map((controller) => controller.lead(term));
  for (const known of all) known.start();
  const stop = async () => {
    await Promise.all(leading.map((each) => each.stop()));
    await Promise.all(all.map((known) => known.stop()));
    opened.close();
  };
  onTestFinished(stop);
  const isIdle = () =>
    Object.values(controllers).every(({ counts }) => {
      const { waiting = 0, running = 0 } = counts() ?? {};
      return waiting + running === 0;
    });
  return { controllers, stop, isIdle };
}
