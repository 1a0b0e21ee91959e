import type { Place } from "../names/object.names.ts";
import type { ProjectSource } from "../projection/project.source.ts";

/** A repository of a producer's, as a listing of all tells of it. */
export interface ListedRepository {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly branch: string;
  /**
   * Another one than before when something was pushed, or the repository was changed otherwise. It is told to the second:
   * one that is hardly over may stay as it is for what is pushed next.
   */
  readonly updatedAt: string;
}

/** A producer as a listing tells of one. */
export interface ListedProducer {
  readonly producer: string;
  readonly login: string;
  readonly repositories: readonly ListedRepository[];
}

/** All that is known of an environment, but for what the controller itself adds. */
export interface EnvironmentFacts extends Omit<ProjectSource, "owner" | "settings" | "producer"> {
  /** Why nothing can be said of it just now, in words, while others of the producer's can be read. */
  readonly unavailable?: string | undefined;
  /** What of it cannot be told just now, in words. */
  readonly gaps?: readonly string[] | undefined;
}

/** An environment that somebody expects and that is not among those that are found. */
export interface LostEnvironment {
  readonly env: string;
  /** Why it is not taken for gone, in words; undefined only where it is certain that its repository is not there. */
  readonly because: string | undefined;
}

/** All that is known of a producer. */
export interface ProducerFacts {
  readonly producer: string;
  readonly login: string;
  readonly environments: readonly EnvironmentFacts[];
  /** Of the environments that were expected those that are not found. */
  readonly lost: readonly LostEnvironment[];
}

/** What is saved, wherever it is kept. */
export interface PlatformSource {
  /** All producers that there are. Throws where that cannot be said for certain; a part is never answered. */
  readonly list: (signal: AbortSignal) => Promise<readonly ListedProducer[]>;
  /**
   * One producer, of whom some environments are expected; undefined only where it is certain that there is no such. Throws
   * where it cannot be told.
   */
  readonly read: (
    producer: string,
    signal: AbortSignal,
    expected?: readonly string[],
  ) => Promise<ProducerFacts | undefined>;
  /** A workspace has come up: that it has not answered before is no reason not to ask it. */
  readonly cameUp?: (place: Place) => void;
}
