import type { Log } from "../../log.ts";
import type { ClusterConnection } from "../../services/kubernetes/cluster.connection.ts";
import { ClusterRefusal } from "../../services/kubernetes/cluster.errors.ts";
import { createObjectClient } from "../../services/kubernetes/object.client.ts";
import { ObjectRefusal } from "../../services/kubernetes/object.refusal.ts";
import { inOwnTrace, type Tracing } from "../../tracing/tracing.ts";
import { delayAfter } from "../../services/http/delay.ts";
import { resourceAnnotations } from "../resources/resource.parts.ts";
import type { CustomResource } from "../resources/resources.ts";
import {
  fieldManager,
  usualControllerPatience,
  type ControlledKind,
  type ControllerPatience,
} from "./controlled.kind.ts";
import type { KnownObjects, KnownResources, OwnedObjects } from "./known.objects.ts";
import type { Leading } from "./leader.election.ts";
import type { Term } from "./leader.term.ts";
import { createReconciler, NotApplied, type Reconciler } from "./reconcile.ts";
import { createWorkQueue, type QueueCounts, type Urgency, type WorkQueue } from "./work.queue.ts";

/** Keeps what runs to what the resources of one kind say, while it leads. */
export interface Controller {
  readonly lead: (term: Term) => Leading;
  /** What would be done about a resource, in words. */
  readonly plan: (name: string) => Promise<readonly string[]>;
  /** Something else has changed that a resource depends on. */
  readonly look: (name: string, urgency?: Urgency) => void;
  readonly lookAtAll: (urgency?: Urgency) => void;
  /** Undefined while it does not lead. */
  readonly counts: () => QueueCounts | undefined;
}

interface Parts<Resource extends CustomResource> {
  readonly kind: ControlledKind<Resource>;
  readonly resources: KnownResources<Resource>;
  readonly owned: OwnedObjects;
  /** What else decides about a resource: until all of that is known nothing is worked on. */
  readonly needs?: readonly KnownObjects[];
  /** Works on a resource in another way than by the objects that it is to have. */
  readonly reconciler?: Reconciler<Resource>;
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly patience?: Partial<ControllerPatience>;
  /** Writes nothing, and says what it would do. */
  readonly isDryRun?: boolean;
  readonly log: Log;
  readonly tracing?: Tracing | undefined;
}

/** A resource that is another in this is not the one of which something has failed. */
const pointOf = ({ metadata }: CustomResource) =>
  JSON.stringify([
    metadata.uid,
    metadata.generation,
    metadata.deletionTimestamp,
    metadata.annotations?.[resourceAnnotations.paused],
  ]);

const wishOf = ({ metadata }: CustomResource) =>
  metadata.annotations?.[resourceAnnotations.reconcileRequested];

function refuseToWrite(): never {
  throw new Error("A dry run writes nothing.");
}

export function createController<Resource extends CustomResource>(parts: Parts<Resource>): Controller {
  const { kind, resources, owned, needs = [], connection, namespace, tracing, isDryRun = false } = parts;
  const patience = { ...usualControllerPatience, ...parts.patience };
  const log = parts.log.child({ controller: kind.names.kind });
  const reconciler = parts.reconciler ?? createReconciler({ kind, resources, owned, needs, patience });
  const means = { connection, namespace, manager: fieldManager };
  const asking = createObjectClient({ ...means, beforeWrite: refuseToWrite });
  const points = new Map<string, string>();
  const wishes = new Map<string, string | undefined>();
  const told = new Map<string, string>();
  let current: WorkQueue | undefined;

  async function tellPlan(name: string): Promise<void> {
    const words = await reconciler.plan(name, asking);
    const text = words.join("\n");
    if ((told.get(name) ?? "") !== text) log.info({ resource: name, words }, "dry run");
    told.set(name, text);
  }

  function onFailure(name: string, error: unknown, failures: number): void {
    const isRace = error instanceof ObjectRefusal && error.kind === "CHANGED";
    const level = isRace && failures === 1 ? "debug" : "warn";
    log[level]({ resource: name, failures, err: error }, "a resource could not be worked on");
  }

  function delayFor(failures: number, error: unknown): number {
    const isRefused = error instanceof NotApplied || error instanceof ObjectRefusal;
    const longestDelayMs = Math.min(patience.longestDelayMs, isRefused ? Infinity : patience.outageMs);
    const askedMs = error instanceof ClusterRefusal ? (error.retryAfterMs ?? 0) : 0;
    return Math.max(delayAfter(failures, { ...patience, longestDelayMs }), askedMs);
  }

  function urgencyOf(resource: Resource): Urgency {
    const { name } = resource.metadata;
    const [point, wish] = [pointOf(resource), wishOf(resource)];
    const isWished = wish !== undefined && wishes.has(name) && wishes.get(name) !== wish;
    const isFresh = points.get(name) !== point;
    points.set(name, point);
    wishes.set(name, wish);
    return isWished ? "now" : isFresh ? "fresh" : "usual";
  }

  resources.listen((resource, isGone) => {
    const { name, uid = "" } = resource.metadata;
    if (isGone) {
      reconciler.writing.forget(uid);
      if (!resources.get(name)) for (const known of [points, wishes, told]) known.delete(name);
    }
    // The one that is there now counts, which may be another of its name.
    const now = resources.get(name);
    current?.add(name, now ? urgencyOf(now) : "usual");
  });
  owned.listen((owner) => {
    if (owner.kind === kind.names.kind) current?.add(owner.name);
  });
  const lookAtAll = (urgency?: Urgency) => {
    for (const name of resources.names()) current?.add(name, urgency);
  };
  // What was not done because something was not known, or not there to be asked, can be done now.
  for (const known of [resources, owned, ...needs]) known.onLive(() => lookAtAll("fresh"));

  return {
    lead: (term) => {
      const queue = createWorkQueue({
        concurrency: patience.concurrency,
        delayFor,
        onFailure,
        work: async (name, signal) => {
          if (isDryRun) return tellPlan(name);
          const client = createObjectClient({ ...means, signal, beforeWrite: term.check });
          const span = { name: `reconcile ${kind.names.kind}`, facts: { "sett.resource": name } };
          const laterMs = await inOwnTrace(tracing, span, () => reconciler.reconcile(name, client, signal));
          if (laterMs !== undefined) queue.after(name, laterMs * (0.9 + Math.random() * 0.2));
        },
      });
      current = queue;
      const lose = () => void queue.stop(0);
      term.signal.addEventListener("abort", lose, { once: true });
      lookAtAll();
      return {
        stop: async () => {
          await queue.stop(term.signal.aborted ? 0 : patience.drainMs);
          term.signal.removeEventListener("abort", lose);
          if (current === queue) current = undefined;
        },
      };
    },
    plan: (name) => reconciler.plan(name, asking),
    look: (name, urgency) => current?.add(name, urgency),
    lookAtAll,
    counts: () => current?.counts(),
  };
}
