import type { Log } from "../../log.ts";
import type { ProducerResource } from "../resources/producer.resource.ts";
import type { ActualizerSettings } from "../settings.ts";
import type { ProducerFacts } from "../sources/platform.source.ts";
import { readEnvironment, unreadableEnvironment, type EnvironmentReading } from "./environment.reading.ts";
import type { ProducersResource } from "./resource.census.ts";

interface Known {
  readonly owner: ProducerResource | undefined;
  /** What the producer has on the cluster. */
  readonly resources: readonly ProducersResource[];
  readonly settings: ActualizerSettings;
  readonly log: Log;
}

/** What each of a producer's environments means; one that fails on what is saved takes none of the others along. */
export function readEnvironments(
  { producer, environments }: Pick<ProducerFacts, "producer" | "environments">,
  { owner, resources, settings, log }: Known,
): readonly EnvironmentReading[] {
  return environments.map((facts) => {
    try {
      return readEnvironment({ producer, facts }, owner, resources, settings);
    } catch (error) {
      log.error({ err: error, producer, env: facts.env }, "an environment could not be read");
      return unreadableEnvironment(facts);
    }
  });
}
