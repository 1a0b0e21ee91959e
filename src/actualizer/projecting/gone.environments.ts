import type { ListedProducer, LostEnvironment, ProducerFacts } from "../sources/platform.source.ts";
import { lostEnvironment, type EnvironmentReading } from "./environment.reading.ts";
import { resourceAnnotations } from "../resources/resource.parts.ts";
import { createGoneGuard } from "./gone.guard.ts";
import { isWorkedOn, type ResourceCensus } from "./resource.census.ts";

/** What became of a producer's environments that are not found. */
export interface LostReadings {
  readonly readings: readonly EnvironmentReading[];
  /** For how long to wait before it is looked at them once more; undefined where that would tell nothing. */
  readonly laterMs: number | undefined;
}

/** Decides when environments that are not found any more are gone. */
export interface GoneEnvironments {
  /** The environments that something is known of. */
  readonly expected: (producer: string) => readonly string[];
  /** Everybody has just been listed. Answers who is known to have more than that. */
  readonly listed: (all: readonly ListedProducer[]) => readonly string[];
  /** A producer was read, of whom those were expected. */
  readonly read: (facts: ProducerFacts) => LostReadings;
  /** Nothing of a producer counts any more: it is missing itself, or left alone. */
  readonly forget: (producer: string) => void;
  readonly clear: () => void;
}

const keyOf = (producer: string, env: string) => `${producer}/${env}`;
const producerIn = (key: string) => key.slice(0, key.indexOf("/"));

export function createGoneEnvironments(
  census: Pick<ResourceCensus, "of" | "producer">,
  guardParts: Parameters<typeof createGoneGuard>[0],
): GoneEnvironments {
  const guard = createGoneGuard(guardParts);
  /** What was not found of whom at the last reading. */
  const last = new Map<string, readonly LostEnvironment[]>();

  const expected = (producer: string) => [...new Set(census.of(producer).map(({ spec }) => spec.env))];

  /** Those that somebody removed on purpose, as the gateway says that did it: not to find them is no surprise. */
  const removed = (producer: string) =>
    new Set(
      census
        .of(producer)
        .filter(
          ({ kind, metadata }) => kind === "Workspace" && metadata.annotations?.[resourceAnnotations.removed],
        )
        .map(({ spec }) => spec.env),
    );

  /** What is there by name, though it is no environment, is no sign of anything being wrong with a listing. */
  const isThere = (producer: string, env: string) =>
    (last.get(producer) ?? []).some((each) => each.env === env && each.because !== undefined);

  function remember(producer: string, lost: readonly LostEnvironment[]): void {
    const absent = new Set(lost.filter(({ because }) => because === undefined).map(({ env }) => env));
    for (const { env } of last.get(producer) ?? []) if (!absent.has(env)) guard.forget(keyOf(producer, env));
    if (lost.length > 0) last.set(producer, lost);
    else last.delete(producer);
  }

  return {
    expected,
    listed: (all) => {
      const those = all.filter(({ producer }) => isWorkedOn(census.producer(producer)));
      const listed = those.flatMap(({ producer, repositories }) =>
        repositories.map(({ name }) => keyOf(producer, name.toLowerCase())),
      );
      const known = those.flatMap(({ producer }) => {
        const onPurpose = removed(producer);
        return expected(producer)
          .filter((env) => !isThere(producer, env) && !onPurpose.has(env))
          .map((env) => keyOf(producer, env));
      });
      const onPurpose = those
        .map(({ producer }) => producer)
        .filter((producer) => removed(producer).size > 0);
      return [...new Set([...guard.listed(new Set(listed), known).map(producerIn), ...onPurpose])];
    },
    read: ({ producer, environments, lost }) => {
      for (const { env } of environments) guard.present(keyOf(producer, env));
      remember(producer, lost);
      const onPurpose = removed(producer);
      const waits = new Map<string, number>();
      for (const { env, because } of lost) {
        if (because !== undefined) continue;
        const key = keyOf(producer, env);
        if (onPurpose.has(env)) guard.forget(key);
        waits.set(env, onPurpose.has(env) ? 0 : guard.absent(key));
      }
      const readings = lost.map((each) => lostEnvironment(each, waits.get(each.env) === 0));
      const left = [...waits.values()].filter((waitMs) => waitMs > 0);
      return { readings, laterMs: left.length > 0 ? Math.min(...left) : undefined };
    },
    forget: (producer) => remember(producer, []),
    clear: () => {
      guard.clear();
      last.clear();
    },
  };
}
