/** What one event was made into: JSON, with the codes of the errors in it. */
export interface Payload {
  readonly json: string;
  readonly codes: readonly string[];
}

/** Makes each payload once, for all who get the same one of the same event. */
export type PayloadSharing = (event: unknown, key: string, make: () => Promise<Payload>) => Promise<Payload>;

/** The key must tell apart all that a payload depends on besides its event: who asks, and for what. */
export function createPayloadSharing(): PayloadSharing {
  const made = new WeakMap<object, Map<string, Promise<Payload>>>();
  return (event, key, make) => {
    if (typeof event !== "object" || event === null) return make();
    const payloads = made.get(event) ?? new Map<string, Promise<Payload>>();
    made.set(event, payloads);
    const payload = payloads.get(key) ?? make();
    payloads.set(key, payload);
    return payload;
  };
}
