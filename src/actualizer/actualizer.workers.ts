import type { Config, UpstreamAddresses } from "../config.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { createPlatformNames } from "../permissions/platform-names.ts";
import { createChangeHints } from "../services/actualizer/change.hints.ts";
import type { ClusterConnection } from "../services/kubernetes/cluster.connection.ts";
import type { WatchPatience } from "../services/kubernetes/watch.patience.ts";
import type { Tracing } from "../tracing/tracing.ts";
import type { OwnValues } from "./actualizer.config.ts";
import { planAll, type Plan } from "./actualizer.plan.ts";
import type { ControllerPatience } from "./controller/controlled.kind.ts";
import { controlledGateways, controlledWorkspaces } from "./controller/controlled.kinds.ts";
import { createController } from "./controller/controller.ts";
import { watchOwned, watchResources, type KnownObjects } from "./controller/known.objects.ts";
import { createFunctionController } from "./functions/function.controller.ts";
import type { FunctionPatience } from "./functions/function.patience.ts";
import { createFunctionPlaces } from "./functions/function.places.ts";
import { watchFunctionWorkloads } from "./functions/function.workloads.ts";
import { openFunctions } from "./functions/open.functions.ts";
import type { LastPass } from "./projecting/pass.loop.ts";
import { createProjecting } from "./projecting/projecting.ts";
import type { ProjectingPatience } from "./projecting/projecting.patience.ts";
import { functionKind, functionShape } from "./resources/function.resource.ts";
import { gatewayKind, gatewayShape } from "./resources/gateway.resource.ts";
import { producerKind, producerShape } from "./resources/producer.resource.ts";
import { workspaceKind, workspaceShape } from "./resources/workspace.resource.ts";
import type { ActualizerSettings } from "./settings.ts";
import { createPushWorker, type Worker } from "./push.worker.ts";
import { openPlatformSource } from "./sources/open.source.ts";

/** How long controllers and the projector wait for what, where that is other than usual. */
export interface WorkerPatience {
  readonly controller?: Partial<ControllerPatience>;
  readonly projecting?: Partial<ProjectingPatience>;
  readonly functions?: Partial<FunctionPatience>;
}

/** All who work, over the watches that they share. */
export interface Workers {
  readonly all: readonly (readonly [name: string, worker: Worker])[];
  readonly watches: readonly KnownObjects[];
  readonly lastPass: () => LastPass | undefined;
  /** Ends once everybody has been looked at for the first time. */
  readonly passed: () => Promise<void>;
  /** What would be done now, in words by what it is about. */
  readonly plan: (signal: AbortSignal) => Promise<Plan>;
  /** Has a producer be looked at, whichever replica leads: the cluster is told, and in a dry run nobody but this process. */
  readonly hint: (producer: string) => void;
  readonly close: () => Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly own: Pick<OwnValues, "ACTUALIZER_PASS" | "ACTUALIZER_STREAMS">;
  readonly settings: ActualizerSettings;
  readonly addresses: UpstreamAddresses;
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly isDryRun: boolean;
  readonly patience: WorkerPatience & { readonly watch: Partial<WatchPatience> };
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | undefined;
}

/** Makes all controllers; nothing begins before the watches are started and somebody leads. */
export function createActualizerWorkers(parts: Parts): Workers {
  const {
    config,
    own,
    settings,
    addresses,
    connection,
    namespace,
    isDryRun,
    patience,
    log,
    metrics,
    tracing,
  } = parts;
  const names = createPlatformNames(config, addresses.giteaToken);
  const { autoGateway } = settings;
  const opened = openPlatformSource({ config, addresses, names, autoGateway, log, metrics, tracing });
  const means = { connection, namespace, patience: patience.watch, log };
  const owned = watchOwned(means);
  const resources = {
    producers: watchResources(means, producerKind, (object) => producerShape.parse(object)),
    workspaces: watchResources(means, workspaceKind, (object) => workspaceShape.parse(object)),
    gateways: watchResources(means, gatewayKind, (object) => gatewayShape.parse(object)),
    functions: watchResources(means, functionKind, (object) => functionShape.parse(object)),
  };
  const workloads = watchFunctionWorkloads(means);
  const places = createFunctionPlaces({ functions: resources.functions, workloads });
  const slsApis = openFunctions({ config, addresses, names, log, metrics, tracing });
  const shared = { owned, connection, namespace, isDryRun, log, tracing };
  const { projector, producers, surroundings, needs, tell } = createProjecting({
    ...shared,
    ...{ source: opened.source, resources, settings },
    patience: { passMs: own.ACTUALIZER_PASS, ...patience.projecting },
    controllerPatience: patience.controller,
    registry: metrics.registry,
  });
  const common = { ...shared, needs, ...(patience.controller ? { patience: patience.controller } : {}) };
  const around = { ...surroundings, isTakingBack: places.isTakingBack };
  const workspaces = createController({
    ...{ ...common, kind: controlledWorkspaces(around) },
    needs: [...needs, resources.functions, workloads],
    resources: resources.workspaces,
  });
  places.onTakingBack((name) => workspaces.look(name, "fresh"));
  const gateways = createController({
    ...{ ...common, kind: controlledGateways(surroundings) },
    resources: resources.gateways,
  });
  const functions = createFunctionController({
    ...{ ...shared, ...slsApis, workloads, places },
    ...{ functions: resources.functions, workspaces: resources.workspaces },
    isProducerPaused: surroundings.isProducerPaused,
    // What another process has begun is not over before it would be for that one.
    patience: { heldMs: 1.25 * config.DEPLOY_TIMEOUT, ...patience.controller, ...patience.functions },
  });
  tell({ Producer: producers, Workspace: workspaces, Gateway: gateways, Function: functions });

  const hints = createChangeHints({ connection, namespace, loginOf: names.loginOf, log });
  const pushes = createPushWorker({
    open: () =>
      opened.listenToPushes(own.ACTUALIZER_STREAMS, (producer) => projector.look(producer, "fresh")),
    producers: resources.producers,
  });
  const controllers = { producers, workspaces, gateways, functions };
  return {
    all: [...Object.entries({ projector, ...controllers }), ["pushes", pushes] as const],
    watches: [owned, ...Object.values(resources), workloads],
    lastPass: projector.lastPass,
    passed: projector.settled,
    hint: isDryRun ? (producer) => projector.look(producer) : hints.hint,
    plan: (signal) => planAll({ source: opened.source, projector, controllers, resources, signal }),
    close: async () => {
      hints.close();
      slsApis.close();
      await opened.close();
    },
  };
}
