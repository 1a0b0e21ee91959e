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

/** Makes each payload once, for all who get the same one of the same event. */
export type PayloadSharing = (event: unknown, key: string, taker: PayloadTaker) => void;

/** A payload that is being made, with those who wait for it, in their order. */
interface Making {
  readonly waiting: PayloadTaker[];
}

const isShared = (payload: Payload) => payload.codes.length === 0;

const makeAlone = (event: unknown, taker: PayloadTaker) =>
  void taker.make(event).then(
    (payload) => taker.take(payload),
    (error: unknown) => taker.fail(error),
  );

/**
 * The key must tell apart all that a payload depends on besides its event. What went wrong for one is no answer to
 * another: whoever meets it makes their own. Those who wait cost no promise each.
 */
export function createPayloadSharing(): PayloadSharing {
  const made = new WeakMap<object, Map<string, Payload | Making>>();

  const makeFirst = (
    event: unknown,
    { key, payloads }: { key: string; payloads: Map<string, Payload | Making> },
    taker: PayloadTaker,
  ) => {
    const making: Making = { waiting: [] };
    payloads.set(key, making);
    const alone = () => {
      payloads.delete(key);
      for (const other of making.waiting) makeAlone(event, other);
    };
    taker.make(event).then(
      (payload) => {
        if (isShared(payload)) payloads.set(key, payload);
        taker.take(payload);
        if (!isShared(payload)) return alone();
        for (const other of making.waiting) other.take(payload);
      },
      (error: unknown) => {
        taker.fail(error);
        alone();
      },
    );
  };

  /** Thousands in a row have the same event. */
  let latest: { readonly event: object; readonly payloads: Map<string, Payload | Making> } | undefined;

  const payloadsOf = (event: object) => {
    if (latest?.event === event) return latest.payloads;
    const payloads = made.get(event) ?? new Map<string, Payload | Making>();
    made.set(event, payloads);
    latest = { event, payloads };
    return payloads;
  };

  return (event, key, taker) => {
    if (typeof event !== "object" || event === null) return makeAlone(event, taker);
    const payloads = payloadsOf(event);
    const shared = payloads.get(key);
    if (!shared) makeFirst(event, { key, payloads }, taker);
    else if ("waiting" in shared) shared.waiting.push(taker);
    else taker.take(shared);
  };
}
