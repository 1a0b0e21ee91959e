import type { Log } from "../../log.ts";
import type { ObjectClient } from "../../services/kubernetes/object.client.ts";
import { conditionOf, type SaidCondition } from "../resources/conditions.ts";
import type { ProducerResource } from "../resources/producer.resource.ts";
import { isPaused } from "../resources/resources.ts";
import type { ActualizerSettings } from "../settings.ts";
import type { PlatformSource, ProducerFacts } from "../sources/platform.source.ts";
import { lostEnvironment, producerSaid, standingOf, type EnvironmentReading } from "./environment.reading.ts";
import { readEnvironments } from "./environment.readings.ts";
import type { GoneEnvironments } from "./gone.environments.ts";
import type { GoneGuard } from "./gone.guard.ts";
import type { ProducerApplying } from "./producer.applying.ts";
import type { ProducerStates, Standing } from "./producer.states.ts";
import type { ProjectingPatience } from "./projecting.patience.ts";
import type { ResourceCensus } from "./resource.census.ts";
import type { ResourceDoing, Undone } from "./resource.doing.ts";
import { stepWords } from "./resource.steps.ts";

/** The cluster refuses something of what a producer is to have; the producer's resource says what. */
export class NotProjected extends Error {
  constructor(words: readonly string[]) {
    super(words.join(" "));
    this.name = "NotProjected";
  }
}

/** What is saved cannot be asked for. */
export class SourceUnavailable extends Error {
  constructor(cause: unknown) {
    super("What a producer has saved cannot be asked for.", { cause });
    this.name = "SourceUnavailable";
  }
}

/** Makes resources of what one producer has saved. */
export interface ProducerWork {
  /** Answers when the producer is to be looked at again, or undefined where nothing is expected. */
  readonly look: (producer: string, client: ObjectClient, signal: AbortSignal) => Promise<number | undefined>;
  /** What that would do, in words. Only asks. */
  readonly plan: (producer: string, signal: AbortSignal) => Promise<readonly string[]>;
  /** What a producer has saved cannot be asked for, and has not been for a while. */
  readonly sayUnavailable: (producer: string) => void;
}

interface Parts {
  readonly source: PlatformSource;
  readonly census: ResourceCensus;
  readonly states: ProducerStates;
  readonly gone: GoneGuard;
  readonly lost: GoneEnvironments;
  readonly applying: ProducerApplying;
  readonly doing: ResourceDoing;
  readonly settings: ActualizerSettings;
  readonly patience: ProjectingPatience;
  readonly log: Log;
}

function soonest(delays: readonly (number | undefined)[]): number | undefined {
  const those = delays.filter((each) => each !== undefined);
  return those.length > 0 ? Math.min(...those) : undefined;
}

export function createProducerWork(parts: Parts): ProducerWork {
  const { source, census, states, gone, lost, applying, doing, settings, patience, log } = parts;

  /** Whether nothing of a producer is to be touched just now. */
  function isLeftAlone(producer: string): boolean {
    const known = census.producer(producer);
    const isLeaving = known?.metadata.deletionTimestamp !== undefined;
    if (!known || (!isLeaving && !isPaused(known))) return false;
    for (const memory of [gone, lost]) memory.forget(producer);
    states.note(producer, isLeaving ? "leaving" : "paused");
    return true;
  }

  const readAll = (facts: ProducerFacts, owner: ProducerResource | undefined) =>
    readEnvironments(facts, { owner, resources: census.of(facts.producer), settings, log });

  const uidsOf = (producer: string) => new Set(census.of(producer).map(({ metadata }) => metadata.uid ?? ""));

  const read = (producer: string, signal: AbortSignal) =>
    source.read(producer, signal, lost.expected(producer)).catch((error: unknown) => {
      throw new SourceUnavailable(error);
    });

  async function takeAway(producer: string, client: ObjectClient): Promise<number | undefined> {
    const known = census.producer(producer);
    lost.forget(producer);
    if (!known) {
      gone.forget(producer);
      states.forget(producer);
      return undefined;
    }
    saySource(producer, "missing", conditionOf("SourceRead", "Missing"));
    const leftMs = gone.absent(producer);
    if (leftMs > 0) return leftMs;
    if (!census.isLive()) return patience.waitMs;
    return (await doing.remove(known, client)) ? patience.goneAfterMs : patience.waitMs;
  }

  function note(producer: string, all: readonly EnvironmentReading[], undone: Undone): void {
    const readings = all.filter(({ outcome }) => outcome !== "gone");
    const { refused, disputed } = undone;
    const words = [...refused, ...disputed].join(" ");
    const reason = refused.length > 0 ? "Refused" : disputed.length > 0 ? "Disputed" : "Applied";
    const applied = conditionOf("Applied", reason, words === "" ? undefined : words);
    states.note(producer, refused.length > 0 ? "refused" : standingOf(readings), {
      said: [producerSaid(readings), applied],
      environments: Object.fromEntries(readings.map(({ env, said }) => [env, said])),
      problems: readings.flatMap(({ problems }) => problems),
      undecided: readings.filter(({ undecided }) => undecided.length > 0).map(({ env }) => env),
    });
  }

  /** What is said of the producer alone, and what is known otherwise stays as it was. */
  function saySource(producer: string, standing: Standing, said: SaidCondition): void {
    const others = (states.get(producer)?.said ?? []).filter(({ type }) => type !== said.type);
    states.note(producer, standing, { said: [said, ...others] });
  }

  return {
    look: async (producer, client, signal) => {
      if (isLeftAlone(producer)) return undefined;
      const before = uidsOf(producer);
      const facts = await read(producer, signal);
      if (isLeftAlone(producer)) return undefined;
      if (!facts) return takeAway(producer, client);
      gone.present(producer);
      const undone: Undone = { refused: [], disputed: [] };
      const owner = await applying.producer(facts, client, undone);
      const missed = lost.read(facts);
      const readings = [...readAll(facts, owner), ...missed.readings];
      const isLater = owner ? await applying.rest({ facts, readings, before }, client, undone) : false;
      note(producer, readings, undone);
      if (undone.refused.length > 0) throw new NotProjected(undone.refused);
      const disputeMs = undone.disputed.length > 0 ? patience.disputeMs : undefined;
      return soonest([isLater ? patience.waitMs : undefined, missed.laterMs, disputeMs]);
    },
    plan: async (producer, signal) => {
      if (isLeftAlone(producer)) return [];
      const before = uidsOf(producer);
      const facts = await read(producer, signal);
      const known = census.producer(producer);
      if (!facts) return known ? stepWords({ what: "remove", known }) : [];
      const missed = facts.lost.map((each) => lostEnvironment(each, each.because === undefined));
      const readings = [...readAll(facts, known), ...missed];
      note(producer, readings, { refused: [], disputed: [] });
      return applying.words({ facts, readings, before });
    },
    sayUnavailable: (producer) => {
      const said = conditionOf("SourceRead", "Unavailable");
      const environments = Object.fromEntries(census.of(producer).map(({ spec }) => [spec.env, said]));
      states.note(producer, "unavailable", { environments });
      saySource(producer, "unavailable", said);
    },
  };
}
