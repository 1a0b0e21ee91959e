/** What one event was made into: JSON, with the codes of the errors in it. */
export interface Payload {
  readonly kind: "next";
  readonly json: string;
  readonly codes: readonly string[];
}

/** One who is to have a payload of each event. */
export interface PayloadTaker {
  readonly make: (event: unknown) => Promise<Payload>;
  /** Called with the payload; at once, where it is there already. */
  readonly take: (payload: Payload) => void;
  readonly fail: (error: unknown) => void;
}

/** Who gets the same of an event. */
export interface PayloadAudience {
  /** Tells apart all that a payload depends on besides its event. */
  readonly key: string;
  /** Whether everybody does: then it depends on nothing that may be otherwise later. */
  readonly isEverybody: boolean;
}

/** Makes each payload once, for all who get the same one of the same event. */
export type PayloadSharing = (event: unknown, audience: PayloadAudience, taker: PayloadTaker) => void;

/** A payload that is being made, with those who wait for it, in their order. */
interface Making {
  readonly waiting: PayloadTaker[];
}

/** An event that thousands may be told of in a row. */
interface Told {
  readonly event: object;
  readonly payloads: Map<string, Payload | Making>;
  readonly startedAt: number;
  isHandedOn: boolean;
}

const isShared = (payload: Payload) => payload.codes.length === 0;

const makeAlone = (event: unknown, taker: PayloadTaker) =>
  void taker.make(event).then(
    (payload) => taker.take(payload),
    (error: unknown) => taker.fail(error),
  );

/** Told, in seconds, how long those who follow waited for what is made of an event: once for all who had it together. */
export type MeasureLag = (seconds: number) => void;

/**
 * What depends on who asks is handed only to those who wait while it is made: the same event may be told again much
 * later, when they may do less. What went wrong for one is no answer to another: whoever meets it makes their own. Those
 * who wait cost no promise each.
 */
export function createPayloadSharing(measure: MeasureLag = () => undefined): PayloadSharing {
  const made = new WeakMap<object, Map<string, Payload | Making>>();

  const makeFirst = (
    event: unknown,
    { audience, payloads }: { audience: PayloadAudience; payloads: Map<string, Payload | Making> },
    taker: PayloadTaker,
  ) => {
    const { key, isEverybody } = audience;
    const startedAt = performance.now();
    const making: Making = { waiting: [] };
    payloads.set(key, making);
    const alone = () => {
      for (const other of making.waiting) makeAlone(event, other);
    };
    taker.make(event).then(
      (payload) => {
        if (isEverybody && isShared(payload)) payloads.set(key, payload);
        else payloads.delete(key);
        taker.take(payload);
        if (!isShared(payload)) return alone();
        for (const other of making.waiting) other.take(payload);
        measure((performance.now() - startedAt) / 1000);
      },
      (error: unknown) => {
        payloads.delete(key);
        taker.fail(error);
        alone();
      },
    );
  };

  /** Thousands in a row have the same event: kept for no longer than they are told of it. */
  let latest: Told | undefined;

  /** Whoever takes what is there already has it at once, and so is measured with all others of that moment. */
  const over = () => {
    if (latest?.isHandedOn) measure((performance.now() - latest.startedAt) / 1000);
    latest = undefined;
  };

  const payloadsOf = (event: object) => {
    if (latest?.event === event) return latest;
    const payloads = made.get(event) ?? new Map<string, Payload | Making>();
    made.set(event, payloads);
    if (latest) over();
    else setImmediate(over);
    latest = { event, payloads, startedAt: performance.now(), isHandedOn: false };
    return latest;
  };

  return (event, audience, taker) => {
    if (typeof event !== "object" || event === null) return makeAlone(event, taker);
    const told = payloadsOf(event);
    const { payloads } = told;
    const shared = payloads.get(audience.key);
    if (!shared) makeFirst(event, { audience, payloads }, taker);
    else if ("waiting" in shared) shared.waiting.push(taker);
    else {
      taker.take(shared);
      told.isHandedOn = true;
    }
  };
}
