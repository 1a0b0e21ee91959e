import type { ObjectClient } from "../../services/kubernetes/object.client.ts";
import { resourceKey } from "../names/host.claims.ts";
import { wantedProducer } from "../projection/wanted.resources.ts";
import type { ProducerResource } from "../resources/producer.resource.ts";
import type { CustomResource } from "../resources/resources.ts";
import type { ActualizerSettings } from "../settings.ts";
import type { ProducerFacts } from "../sources/platform.source.ts";
import type { EnvironmentReading } from "./environment.reading.ts";
import type { ResourceCensus } from "./resource.census.ts";
import type { ResourceDoing, Undone } from "./resource.doing.ts";
import { stepForResource, stepWords, unwantedResources, type ResourceStep } from "./resource.steps.ts";

/** What has been read of a producer, and which of its resources there were before it was. */
export interface ReadProducer {
  readonly facts: ProducerFacts;
  readonly readings: readonly EnvironmentReading[];
  readonly before: ReadonlySet<string>;
}

/** Makes a producer's resources what is wanted of them. */
export interface ProducerApplying {
  /** The resource of the producer, as it is on the cluster then; undefined where it is refused. */
  readonly producer: (
    facts: ProducerFacts,
    client: ObjectClient,
    undone: Undone,
  ) => Promise<ProducerResource | undefined>;
  /** All that is the producer's, first what is wanted; whether something has to be done later. */
  readonly rest: (read: ReadProducer, client: ObjectClient, undone: Undone) => Promise<boolean>;
  /** What all that would do, in words. */
  readonly words: (read: ReadProducer) => readonly string[];
}

interface Parts {
  readonly census: ResourceCensus;
  readonly doing: ResourceDoing;
  readonly settings: ActualizerSettings;
}

export function createProducerApplying({ census, doing, settings }: Parts): ProducerApplying {
  const producerStep = ({ producer, login }: ProducerFacts) =>
    stepForResource(wantedProducer(producer, login, settings), census.producer(producer));

  function stepsFor({ facts, readings }: ReadProducer): readonly ResourceStep[] {
    const known = new Map(census.of(facts.producer).map((each) => [resourceKey(each), each]));
    const wanted = readings.flatMap(({ resources }) => resources);
    return wanted.flatMap((each) => stepForResource(each, known.get(resourceKey(each))) ?? []);
  }

  /** Only of what was known before anything was read it can be said that it is not wanted: the rest may be newer. */
  function removable({ facts, readings, before }: ReadProducer): readonly CustomResource[] {
    const isOlder = ({ metadata }: CustomResource) => before.has(metadata.uid ?? "");
    return unwantedResources(readings, census.of(facts.producer)).filter(isOlder);
  }

  return {
    producer: async (facts, client, undone) => {
      const step = producerStep(facts);
      if (step?.what !== "apply") return census.producer(facts.producer);
      const made = await doing.apply(step, client, undone);
      return made?.kind === "Producer" ? made : undefined;
    },
    rest: async (read, client, undone) => {
      let isLater = false;
      for (const step of stepsFor(read)) {
        if (step.what === "apply") await doing.apply(step, client, undone);
        else isLater = true;
      }
      const unwanted = removable(read);
      if (unwanted.length === 0) return isLater;
      if (!census.isLive() || undone.refused.length > 0) return true;
      for (const each of unwanted) if (!(await doing.remove(each, client))) isLater = true;
      return isLater;
    },
    words: (read) => {
      const own = producerStep(read.facts);
      const removals = removable(read).map((known): ResourceStep => ({ what: "remove", known }));
      return [...(own ? [own] : []), ...stepsFor(read), ...removals].flatMap(stepWords);
    },
  };
}
