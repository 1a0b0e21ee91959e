import type { Registry } from "prom-client";
import type { Log } from "../../log.ts";
import type { ClusterConnection } from "../../services/kubernetes/cluster.connection.ts";
import { usualControllerPatience, type ControllerPatience } from "../controller/controlled.kind.ts";
import type { Surroundings } from "../controller/controlled.kinds.ts";
import { createController, type Controller } from "../controller/controller.ts";
import type { KnownObjects, OwnedObjects } from "../controller/known.objects.ts";
import { producerKind, producerShape } from "../resources/producer.resource.ts";
import { isPaused, type CustomResource } from "../resources/resources.ts";
import type { ActualizerSettings } from "../settings.ts";
import type { PlatformSource } from "../sources/platform.source.ts";
import type { Tracing } from "../../tracing/tracing.ts";
import { createGoneEnvironments } from "./gone.environments.ts";
import { createGoneGuard } from "./gone.guard.ts";
import { createHostHolders } from "./host.holders.ts";
import { createProducerApplying } from "./producer.applying.ts";
import { createProducerReconciler } from "./producer.reconcile.ts";
import { createProducerStates } from "./producer.states.ts";
import { createProducerWork } from "./producer.work.ts";
import { createProjectingMetrics } from "./projecting.metrics.ts";
import { usualProjectingPatience, type ProjectingPatience } from "./projecting.patience.ts";
import { createProjector, type Projector } from "./projector.ts";
import { createResourceCensus, type AllResources } from "./resource.census.ts";
import { createResourceDoing } from "./resource.doing.ts";

/** Those who work on resources, by kind: what follows from other resources is told to them. */
export type Lookers = Readonly<Partial<Record<CustomResource["kind"], Pick<Controller, "look">>>>;

/** All that turns what is saved into resources, with what other controllers are to know of it. */
export interface Projecting {
  readonly projector: Projector;
  /** Says how each producer does, and cleans up after one who is deleted. */
  readonly producers: Controller;
  /** What follows for a resource from all others. */
  readonly surroundings: Surroundings;
  /** What has to be known before a resource is worked on, since its surroundings follow from it. */
  readonly needs: readonly KnownObjects[];
  /** Tells those who are to look anew at resources to which something has happened elsewhere. */
  readonly tell: (lookers: Lookers) => void;
}

interface Parts {
  readonly source: PlatformSource;
  /** None of these has been started yet. */
  readonly resources: AllResources;
  readonly owned: OwnedObjects;
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly settings: ActualizerSettings;
  readonly patience?: Partial<ProjectingPatience> | undefined;
  readonly controllerPatience?: Partial<ControllerPatience> | undefined;
  readonly isDryRun?: boolean;
  readonly registry: Registry;
  readonly log: Log;
  readonly tracing?: Tracing | undefined;
}

/** Puts together the projector and the controller of producers; nothing begins before they lead. */
export function createProjecting(parts: Parts): Projecting {
  const {
    source,
    resources,
    owned,
    connection,
    namespace,
    settings,
    registry,
    tracing,
    isDryRun = false,
  } = parts;
  const patience = { ...usualProjectingPatience, ...parts.patience };
  const controllerPatience = { ...usualControllerPatience, ...parts.controllerPatience };
  const log = parts.log.child({ controller: "projector" });
  let lookers: Lookers = {};
  const look = ({ kind, metadata }: CustomResource) => lookers[kind]?.look(metadata.name);

  const census = createResourceCensus(resources);
  const holders = createHostHolders(census, settings, look);
  const states = createProducerStates();
  const metrics = createProjectingMetrics(registry, states);
  const doing = createResourceDoing(patience.disputeMs);
  const onRefusal = () => metrics.refusals.inc();
  const guard = { goneAfterMs: patience.goneAfterMs, onRefusal, log };
  const gone = createGoneGuard({ ...guard, what: "producers", isUnlisted: true });
  const lost = createGoneEnvironments(census, { ...guard, what: "environments", isUnlisted: false });
  const applying = createProducerApplying({ census, doing, settings });
  const known = { source, census, states, gone, lost, settings, patience };
  const work = createProducerWork({ ...known, applying, doing, log });
  const projector = createProjector({
    ...known,
    work,
    connection,
    namespace,
    metrics,
    isDryRun,
    log,
    tracing,
  });
  const producers = createController({
    kind: {
      names: producerKind,
      read: (object) => producerShape.parse(object),
      desired: () => [],
      conditions: () => [],
      isPaused,
    },
    reconciler: createProducerReconciler({
      ...{ census, states, doing },
      patience: { waitMs: patience.waitMs, lookMs: controllerPatience.lookMs },
    }),
    ...{ resources: resources.producers, needs: census.all, owned, connection, namespace, isDryRun },
    patience: controllerPatience,
    log: parts.log,
    tracing,
  });

  census.listen(({ before, after }) => {
    const changed = after ?? before;
    if (!changed) return;
    if (changed.kind !== "Producer") {
      producers.look(changed.spec.producer);
    } else if (before && after && isPaused(before) !== isPaused(after)) {
      for (const each of census.of(changed.metadata.name)) look(each);
    }
  });
  states.listen((producer) => {
    producers.look(producer);
    for (const each of census.of(producer)) if (each.kind === "Workspace") look(each);
  });

  return {
    projector,
    producers,
    surroundings: {
      settings,
      withheldFrom: holders.withheldFrom,
      isProducerPaused: (name) => {
        const producer = census.producer(name);
        return producer !== undefined && isPaused(producer);
      },
      sourceSaid: ({ spec }) => states.get(spec.producer)?.environments[spec.env],
    },
    needs: census.all,
    tell: (those) => {
      lookers = those;
    },
  };
}
