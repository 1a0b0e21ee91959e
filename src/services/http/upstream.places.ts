import { LRUCache } from "lru-cache";
import { atMost } from "../../at-most.ts";
import type { UpstreamName } from "../../errors.ts";
import { openReadClient, type ReadClient } from "./read.client.ts";
import { createSteadiness, type Steadiness } from "./steadiness.ts";
import type { UpstreamOptions } from "./upstream.ts";
import { openWriteClient, type WriteClient } from "./write.client.ts";

/** One service of a kind: where it is, how it fares, and the connections to it, which no other service can use up. */
export interface UpstreamPlace {
  readonly origin: string;
  /** The path that all of its addresses begin with. */
  readonly prefix: string;
  readonly steadiness: Steadiness;
  readonly reader: ReadClient;
  /** Opened when something is first written. */
  readonly writer: () => WriteClient;
  /** Something is asked there: until that is over it is not closed unless in a hurry, even where it is not remembered. */
  readonly begin: () => void;
  readonly end: () => void;
  readonly close: (isHurried: boolean) => void;
}

/** The services of a kind that were asked last; of one that was not for long, nothing is known. */
export interface UpstreamPlaces {
  readonly at: (baseAddress: string) => UpstreamPlace;
  readonly close: () => void;
}

const remembered = 1000;

/** Keeps what happens to one service of a kind from the others. */
export function openPlaces(name: UpstreamName, options: UpstreamOptions): UpstreamPlaces {
  const { upstreamsLeftAlone, upstreamsTried, upstreamRetries, upstreamsBusy } = options.metrics;
  const labels = { upstream: name };
  const limits = { places: options.connections, breaker: options.breaker };
  const events = {
    opened: () => upstreamsLeftAlone.inc(labels),
    shut: () => upstreamsLeftAlone.dec(labels),
    trying: (isTrying: boolean) => upstreamsTried[isTrying ? "inc" : "dec"](labels),
    askedAgain: () => upstreamRetries.inc(labels),
    turnedAway: () => upstreamsBusy.inc(labels),
  };

  const open = (baseAddress: string): UpstreamPlace => {
    const { origin, pathname } = new URL(baseAddress);
    const steadiness = createSteadiness(limits, events);
    const reader = openReadClient(origin, options);
    let writer: WriteClient | undefined;
    let underway = 0;
    let isLeft = false;
    return {
      origin,
      prefix: pathname === "/" ? "" : pathname,
      steadiness,
      reader,
      writer: () => (writer ??= openWriteClient(origin, options)),
      begin: () => {
        underway += 1;
      },
      end: () => {
        underway -= 1;
        if (isLeft && underway === 0) reader.close(false);
      },
      close: (isHurried) => {
        steadiness.forget();
        if (isHurried || underway === 0) reader.close(isHurried);
        else isLeft = true;
        // Writes that go on are heard of: their connections close by themselves.
        if (isHurried) writer?.close();
      },
    };
  };

  const places = new LRUCache<string, UpstreamPlace>({
    ...atMost(remembered),
    dispose: (place, _address, reason) => place.close(reason === "delete"),
  });

  return {
    at: (baseAddress) => {
      const known = places.get(baseAddress);
      if (known) return known;
      const opened = open(baseAddress);
      places.set(baseAddress, opened);
      return opened;
    },
    close: () => places.clear(),
  };
}
