import type { ObjectClient } from "../../services/kubernetes/object.client.ts";
import { conditionOf, type SaidCondition } from "../resources/conditions.ts";
import type { ProducerResource } from "../resources/producer.resource.ts";
import { isPaused } from "../resources/resources.ts";
import type { ActualizerSettings } from "../settings.ts";
import type { PlatformSource, ProducerFacts } from "../sources/platform.source.ts";
import { producerSaid, readEnvironment, standingOf, type EnvironmentReading } from "./environment.reading.ts";
import type { GoneProducers } from "./gone.producers.ts";
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
  /** Forgets what was seen while somebody led who does so no more. */
  readonly clear: () => void;
}

interface Parts {
  readonly source: PlatformSource;
  readonly census: ResourceCensus;
  readonly states: ProducerStates;
  readonly gone: GoneProducers;
  readonly applying: ProducerApplying;
  readonly doing: ResourceDoing;
  readonly settings: ActualizerSettings;
  readonly patience: ProjectingPatience;
}

export function createProducerWork(parts: Parts): ProducerWork {
  const { source, census, states, gone, applying, doing, settings, patience } = parts;
  /** Since when one who has something has no environment any more: that is not believed at once, either. */
  const emptied = new Map<string, number>();

  /** Whether nothing of a producer is to be touched just now. */
  function isLeftAlone(producer: string): boolean {
    const known = census.producer(producer);
    const isLeaving = known?.metadata.deletionTimestamp !== undefined;
    if (!known || (!isLeaving && !isPaused(known))) return false;
    states.note(producer, isLeaving ? "leaving" : "paused");
    return true;
  }

  const readAll = ({ producer, environments }: ProducerFacts, owner: ProducerResource | undefined) =>
    environments.map((facts) => readEnvironment({ producer, facts }, owner, census.of(producer), settings));

  const uidsOf = (producer: string) => new Set(census.of(producer).map(({ metadata }) => metadata.uid ?? ""));

  const read = (producer: string, signal: AbortSignal) =>
    source.read(producer, signal).catch((error: unknown) => {
      throw new SourceUnavailable(error);
    });

  function isEmptied({ producer, environments }: ProducerFacts): boolean {
    if (environments.length > 0 || census.of(producer).length === 0) {
      emptied.delete(producer);
      return false;
    }
    const since = emptied.get(producer) ?? performance.now();
    emptied.set(producer, since);
    return performance.now() < since + patience.goneAfterMs;
  }

  async function takeAway(producer: string, client: ObjectClient): Promise<number | undefined> {
    const known = census.producer(producer);
    emptied.delete(producer);
    if (!known) {
      gone.forget(producer);
      states.forget(producer);
      return undefined;
    }
    saySource(producer, "missing", conditionOf("SourceRead", "Missing"));
    const leftMs = gone.absent(producer);
    if (leftMs > 0) return leftMs;
    if (!census.isLive()) return patience.waitMs;
    await doing.remove(known, client);
    return patience.goneAfterMs;
  }

  function note(producer: string, readings: readonly EnvironmentReading[], undone: Undone): void {
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
    clear: () => emptied.clear(),
    look: async (producer, client, signal) => {
      if (isLeftAlone(producer)) return undefined;
      const before = uidsOf(producer);
      const facts = await read(producer, signal);
      if (isLeftAlone(producer)) return undefined;
      if (!facts) return takeAway(producer, client);
      gone.present(producer);
      if (isEmptied(facts)) return patience.goneAfterMs;
      const undone: Undone = { refused: [], disputed: [] };
      const owner = await applying.producer(facts, client, undone);
      const readings = readAll(facts, owner);
      const isLater = owner ? await applying.rest({ facts, readings, before }, client, undone) : false;
      note(producer, readings, undone);
      if (undone.refused.length > 0) throw new NotProjected(undone.refused);
      if (isLater) return patience.waitMs;
      return undone.disputed.length > 0 ? patience.disputeMs : undefined;
    },
    plan: async (producer, signal) => {
      if (isLeftAlone(producer)) return [];
      const before = uidsOf(producer);
      const facts = await read(producer, signal);
      const known = census.producer(producer);
      if (!facts) return known ? stepWords({ what: "remove", known }) : [];
      if (isEmptied(facts)) return [];
      const readings = readAll(facts, known);
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
