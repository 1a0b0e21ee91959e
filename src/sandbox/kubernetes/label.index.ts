import type { Labels } from "./kubernetes.object.ts";

type Pairs = readonly string[];

/** Which objects carry which labels, so that finding some of many costs no look at all of them. */
export class LabelIndex {
  readonly #pairs = new Map<string, Pairs>();
  readonly #keys = new Map<string, Set<string>>();

  clear(): void {
    this.#pairs.clear();
    this.#keys.clear();
  }

  put(key: string, labels: Labels): void {
    this.#set(key, pairsOf(labels));
  }

  /** Knows it by one label alone, that which the fewest have. */
  putByRarest(key: string, labels: Labels): void {
    this.remove(key);
    this.#set(key, [this.#rarest(pairsOf(labels))]);
  }

  remove(key: string): void {
    for (const pair of this.#pairs.get(key) ?? []) {
      const keys = this.#keys.get(pair);
      keys?.delete(key);
      if (keys?.size === 0) this.#keys.delete(pair);
    }
    this.#pairs.delete(key);
  }

  /** No fewer than those that carry all of these labels. */
  among(labels: Labels): readonly string[] {
    const pairs = pairsOf(labels);
    return pairs.length === 0 ? [...this.#pairs.keys()] : [...this.#of(this.#rarest(pairs))];
  }

  /** No fewer than those of which all labels are among these; for those that were put by their rarest. */
  within(labels: Labels): readonly string[] {
    return [...pairsOf(labels), none].flatMap((pair) => [...this.#of(pair)]);
  }

  #set(key: string, pairs: Pairs): void {
    const known = this.#pairs.get(key);
    if (known?.length === pairs.length && known.every((pair, place) => pair === pairs[place])) return;
    this.remove(key);
    this.#pairs.set(key, pairs);
    for (const pair of pairs) this.#keys.set(pair, this.#of(pair).add(key));
  }

  #of(pair: string): Set<string> {
    return this.#keys.get(pair) ?? new Set<string>();
  }

  #rarest(pairs: Pairs): string {
    const sizeOf = (pair: string): number => this.#of(pair).size;
    return pairs.reduce(
      (rarest, pair) => (rarest === none || sizeOf(pair) < sizeOf(rarest) ? pair : rarest),
      none,
    );
  }
}

/** Under this are those without a label. */
const none = "";

const pairsOf = (labels: Labels): Pairs => Object.entries(labels).map(([key, value]) => `${key}=${value}`);
