import { createHash, randomBytes } from "node:crypto";
import type { User } from "./user.store.ts";

/** A credential: a personal access token, or the access token of an OAuth2 application. */
export interface Token {
  readonly id: number;
  readonly name: string;
  readonly secret: string;
  readonly user: User;
  readonly scopes: readonly string[];
  readonly created: Date;
  /** Personal tokens never expire. */
  readonly expires?: Date;
  /** What somebody let an application do, where that is what the token rests on. */
  readonly grantId?: number;
}

/** What makes a personal token; without a secret one is made up, without scopes it may do everything. */
export interface NewToken {
  name?: string;
  secret?: string;
  scopes?: readonly string[];
}

/** The tokens, by secret and by user. */
export class TokenStore {
  readonly #bySecret = new Map<string, Token>();
  readonly #byUser = new Map<number, Token[]>();
  #lastId = 0;

  add(user: User, created: Date, wanted: NewToken = {}): Token {
    const secret = wanted.secret ?? randomBytes(20).toString("hex");
    return this.#keep(user, {
      secret,
      created,
      name: wanted.name ?? secret,
      scopes: wanted.scopes ?? ["all"],
    });
  }

  /** Adds an access token as the OAuth2 flow gives one: it looks like a JWT, may do everything and expires. */
  addOauth(user: User, created: Date, expiresInSeconds: number): Token {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const issuedAt = Math.floor(created.getTime() / 1000);
    const claims = { gnt: this.#lastId + 1, tt: 0, exp: issuedAt + expiresInSeconds, iat: issuedAt };
    const unsigned = `${part({ alg: "RS256", kid: "sandbox", typ: "JWT" })}.${part(claims)}`;
    const signature = createHash("sha256").update(unsigned).update(randomBytes(16)).digest("base64url");
    const expires = new Date(created.getTime() + expiresInSeconds * 1000);
    return this.#keep(user, {
      secret: `${unsigned}.${signature}`,
      created,
      name: "",
      scopes: ["all"],
      expires,
    });
  }

  /** Adds an access token that an application was given. */
  addGranted(
    user: User,
    created: Date,
    token: Required<Pick<Token, "secret" | "scopes" | "expires" | "grantId">>,
  ): Token {
    return this.#keep(user, { ...token, created, name: "" });
  }

  /** The token of this secret, unless it has expired. */
  find(secret: string, now: Date): Token | undefined {
    const token = this.#bySecret.get(secret);
    return token?.expires !== undefined && token.expires <= now ? undefined : token;
  }

  /** The personal tokens of a user, newest first; those of one second in the order they were made. */
  of(user: User): Token[] {
    const second = (token: Token): number => Math.floor(token.created.getTime() / 1000);
    const personal = (this.#byUser.get(user.id) ?? []).filter((token) => token.expires === undefined);
    return personal.sort((a, b) => second(b) - second(a) || a.id - b.id);
  }

  remove(token: Token): void {
    this.#bySecret.delete(token.secret);
    this.#byUser.set(
      token.user.id,
      (this.#byUser.get(token.user.id) ?? []).filter((other) => other !== token),
    );
  }

  removeAllOf(user: User): void {
    for (const token of this.#byUser.get(user.id) ?? []) this.#bySecret.delete(token.secret);
    this.#byUser.delete(user.id);
  }

  /** Takes back what an application was given. */
  removeGranted(user: User, grantId: number): void {
    for (const token of this.#byUser.get(user.id) ?? []) if (token.grantId === grantId) this.remove(token);
  }

  #keep(user: User, token: Omit<Token, "id" | "user">): Token {
    const kept = { ...token, id: ++this.#lastId, user };
    this.#bySecret.set(kept.secret, kept);
    const ofUser = this.#byUser.get(user.id);
    if (ofUser === undefined) this.#byUser.set(user.id, [kept]);
    else ofUser.push(kept);
    return kept;
  }
}
