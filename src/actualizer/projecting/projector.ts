import type { Log } from "../../log.ts";
import type { ClusterConnection } from "../../services/kubernetes/cluster.connection.ts";
import { ClusterRefusal } from "../../services/kubernetes/cluster.errors.ts";
import { createObjectClient } from "../../services/kubernetes/object.client.ts";
import { ObjectRefusal } from "../../services/kubernetes/object.refusal.ts";
import { delayAfter } from "../../services/http/delay.ts";
import { fieldManager } from "../controller/controlled.kind.ts";
import type { Leading } from "../controller/leader.election.ts";
import type { Term } from "../controller/leader.term.ts";
import { createWorkQueue, type QueueCounts, type Urgency, type WorkQueue } from "../controller/work.queue.ts";
import type { PlatformSource } from "../sources/platform.source.ts";
import { inOwnTrace, type Tracing } from "../../tracing/tracing.ts";
import { cameUp, urgencyOf } from "./census.events.ts";
import type { GoneEnvironments } from "./gone.environments.ts";
import type { GoneGuard } from "./gone.guard.ts";
import { createListingMemory } from "./listing.memory.ts";
import { createPassLoop, type LastPass } from "./pass.loop.ts";
import type { ProducerState, ProducerStates } from "./producer.states.ts";
import { SourceUnavailable, type ProducerWork } from "./producer.work.ts";
import type { ProjectingMetrics } from "./projecting.metrics.ts";
import type { ProjectingPatience } from "./projecting.patience.ts";
import { createRegularLooks } from "./regular.looks.ts";
import { isWorkedOn, producerOf, type ResourceCensus } from "./resource.census.ts";

/** Keeps the custom resources to what is saved, while it leads. */
export interface Projector {
  readonly lead: (term: Term) => Leading;
  /** Something of a producer's has changed. */
  readonly look: (producer: string, urgency?: Urgency) => void;
  /** Looks at everybody now; ends once all are listed, and throws where they cannot be. */
  readonly pass: () => Promise<void>;
  /** What would be done about a producer, in words. */
  readonly plan: (producer: string) => Promise<readonly string[]>;
  /** Undefined while it does not lead. */
  readonly counts: () => QueueCounts | undefined;
  readonly lastPass: () => LastPass | undefined;
  /** Ends once everybody has been listed and looked at for the first time. */
  readonly settled: () => Promise<void>;
  readonly state: (producer: string) => ProducerState | undefined;
}

interface Parts {
  readonly source: PlatformSource;
  readonly census: ResourceCensus;
  readonly states: ProducerStates;
  readonly gone: GoneGuard;
  readonly lost: GoneEnvironments;
  readonly work: ProducerWork;
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly patience: ProjectingPatience;
  readonly metrics: ProjectingMetrics;
  /** Writes nothing, and says what it would do. */
  readonly isDryRun: boolean;
  readonly log: Log;
  readonly tracing?: Tracing | undefined;
}

export function createProjector(parts: Parts): Projector {
  const { source, census, states, gone, lost, work, patience, metrics, isDryRun, log, tracing } = parts;
  const listing = createListingMemory();
  const regular = createRegularLooks(patience);
  /** Those that failed, and how often in a row something could not be said of one. */
  const failed = new Set<string>();
  const doubts = new Map<string, number>();
  const told = new Map<string, string>();
  let onFirst: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    onFirst = resolve;
  });
  let current: WorkQueue | undefined;

  async function tellPlan(producer: string, signal: AbortSignal): Promise<void> {
    const words = await work.plan(producer, signal);
    const text = words.join("\n");
    if ((told.get(producer) ?? "") !== text) log.info({ producer, words }, "dry run");
    told.set(producer, text);
  }

  function onFailure(producer: string, error: unknown, failures: number): void {
    failed.add(producer);
    // Once is no matter.
    if (error instanceof SourceUnavailable && failures > 1) work.sayUnavailable(producer);
    const isRace = error instanceof ObjectRefusal && error.kind === "CHANGED";
    const level = isRace && failures === 1 ? "debug" : "warn";
    log[level]({ producer, failures, err: error }, "a producer could not be worked on");
  }

  function delayFor(failures: number, error: unknown): number {
    const askedMs = error instanceof ClusterRefusal ? (error.retryAfterMs ?? 0) : 0;
    return Math.max(delayAfter(failures, patience), askedMs);
  }

  /** When to ask again for what could not be said: ever more rarely. */
  function doubtMs(producer: string): number | undefined {
    const { standing } = states.get(producer) ?? {};
    if (standing !== "undecided" && standing !== "unavailable") {
      doubts.delete(producer);
      return undefined;
    }
    const count = doubts.get(producer) ?? 0;
    doubts.set(producer, count + 1);
    const { undecidedMs, passMs } = patience;
    return Math.min(undecidedMs * 2 ** Math.min(count, 20), Math.max(undecidedMs, passMs));
  }

  async function lookAt(producer: string, term: Term, queue: WorkQueue, signal: AbortSignal): Promise<void> {
    await census.whenKnown(signal);
    if (signal.aborted) return;
    if (isDryRun) return tellPlan(producer, signal);
    const { connection, namespace } = parts;
    const client = createObjectClient({
      ...{ connection, namespace, manager: fieldManager },
      ...{ signal, beforeWrite: term.check },
    });
    const laterMs = await work.look(producer, client, signal);
    failed.delete(producer);
    const delays = [laterMs, doubtMs(producer)].filter((each) => each !== undefined);
    if (delays.length > 0) queue.after(producer, Math.min(...delays) * (0.9 + Math.random() * 0.2));
  }

  const loop = createPassLoop({
    ...{ patience, metrics, log },
    pass: async (signal) => {
      await census.whenKnown(signal);
      const listed = await source.list(signal);
      const known = census.producers();
      if (listed.length === 0 && known.length > 0) throw new Error("The listing of all producers is empty.");
      const names = listed.map(({ producer }) => producer);
      const missing = gone.listed(
        new Set(names),
        known.filter((name) => isWorkedOn(census.producer(name))),
      );
      const toLookAt = [listing.changed(listed), missing, lost.listed(listed), regular.due(names)];
      for (const producer of toLookAt.flat()) current?.add(producer);
      // Who could be listed can be asked for, too.
      for (const producer of failed)
        if (states.get(producer)?.standing === "unavailable") current?.add(producer, "fresh");
      void current?.whenIdle().then(onFirst);
      return listed.length;
    },
  });

  census.listen((change) => {
    const resource = change.after ?? change.before;
    // What there is at first is looked at by the first pass.
    if (!current || !resource || !census.isKnown()) return;
    const producer = producerOf(resource);
    const up = cameUp(change);
    if (up) source.cameUp?.(up.spec);
    const urgency = urgencyOf(change, (workspace) => {
      const { undecided = [] } = states.get(producer) ?? {};
      return workspace.kind === "Workspace" && undecided.includes(workspace.spec.env);
    });
    if (urgency) current.add(producer, urgency);
  });
  for (const each of census.all) {
    each.onLive(() => {
      if (census.isLive()) for (const producer of failed) current?.add(producer, "fresh");
    });
  }

  return {
    lead: (term) => {
      for (const memory of [listing, gone, lost, states, failed, doubts, told]) memory.clear();
      const ending = new AbortController();
      const queue: WorkQueue = createWorkQueue({
        ...{ concurrency: patience.concurrency, delayFor, onFailure },
        work: (producer, signal) =>
          inOwnTrace(tracing, { name: "look at a producer", facts: { "sett.producer": producer } }, () =>
            lookAt(producer, term, queue, signal),
          ),
      });
      current = queue;
      const lose = () => {
        ending.abort();
        void queue.stop(0);
      };
      term.signal.addEventListener("abort", lose, { once: true });
      const passing = loop.run(ending.signal);
      return {
        stop: async () => {
          ending.abort();
          await queue.stop(term.signal.aborted ? 0 : patience.drainMs);
          await passing;
          term.signal.removeEventListener("abort", lose);
          if (current === queue) current = undefined;
        },
      };
    },
    look: (producer, urgency) => current?.add(producer, urgency),
    pass: () => (current ? loop.now() : Promise.reject(new Error("Somebody else leads."))),
    plan: (producer) => work.plan(producer, new AbortController().signal),
    counts: () => current?.counts(),
    lastPass: loop.last,
    settled: () => first,
    state: states.get,
  };
}
