import { randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import { atMost } from "../../../at-most.ts";
import type { User } from "../user.store.ts";

/** What a page of consent was shown for; what it posts has to be the same. */
export interface Asked {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly challenge: string;
  readonly challengeMethod: string;
}

/** What is known of a browser. */
export interface Session {
  readonly id: string;
  /** Has to be in each form that this browser posts. */
  readonly csrf: string;
  /** Nobody, until somebody has signed in. */
  readonly user: User | undefined;
  /** Where the browser was going when it had to sign in first. */
  returnTo: string;
  /** By address and state: several windows may be asked at the same time. */
  readonly asked: LRUCache<string, Asked>;
}

/** The browsers, by what is in their cookie. */
export class SessionStore {
  readonly #byId = new LRUCache<string, Session>(atMost(10_000));

  find(id: string | undefined): Session | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** A session that nobody has seen before, of whoever has just signed in or of nobody. */
  begin(user?: User): Session {
    const secret = (): string => randomBytes(16).toString("hex");
    const session: Session = {
      id: secret(),
      csrf: secret(),
      user,
      returnTo: "/",
      asked: new LRUCache({ max: 20 }),
    };
    this.#byId.set(session.id, session);
    return session;
  }

  end(session: Session): void {
    this.#byId.delete(session.id);
  }

  endAllOf(user: User): void {
    for (const session of this.#byId.values()) if (session.user === user) this.end(session);
  }
}
