import { AdminError } from "./admin.error.ts";

/** The scopes that credentials can have, and which credentials were given them; some of it is never undone. */
export class ScopeStore {
  readonly #scopes = new Set<string>();
  readonly #ties = new Map<string, Set<string>>();

  /** All scopes; there are none rather than an empty list. */
  all(): string[] | null {
    return this.#scopes.size === 0 ? null : [...this.#scopes];
  }

  has(scope: string): boolean {
    return this.#scopes.has(scope);
  }

  add(scopes: unknown): void {
    const wanted = wordsOf(scopes);
    if (wanted.some((scope) => this.#scopes.has(scope)))
      throw new AdminError(409, "One or more scopes already exist.");
    for (const scope of wanted) this.#scopes.add(scope);
  }

  /** The scopes, if all of them exist. */
  existing(scopes: unknown): string[] {
    const wanted = wordsOf(scopes);
    if (!wanted.every((scope) => this.#scopes.has(scope))) throw new Error("One or more scopes don't exist");
    return wanted;
  }

  remove(scope: string): void {
    this.#scopes.delete(scope);
    this.#ties.delete(scope);
  }

  /** Notes that a credential has been given a scope. */
  tie(scope: string, credential: string): void {
    this.#ties.set(scope, (this.#ties.get(scope) ?? new Set()).add(credential));
  }

  untie(scope: string, credential: string): void {
    this.#ties.get(scope)?.delete(credential);
  }

  /** The credentials that were given a scope, whatever has become of them. */
  tiedTo(scope: string): string[] {
    return [...(this.#ties.get(scope) ?? [])];
  }
}

function wordsOf(scopes: unknown): string[] {
  if (scopes === undefined || scopes === null)
    throw new Error(`Cannot read property 'map' of ${String(scopes)}`);
  if (!Array.isArray(scopes)) throw new Error("scopes.map is not a function");
  return scopes.map(String);
}
