import { createHash, randomBytes } from "node:crypto";
import type { User } from "../user.store.ts";
import type { Application } from "./application.store.ts";

/** That somebody lets an application act for them. */
export interface Grant {
  readonly id: number;
  readonly user: User;
  readonly application: Application;
  /** As it was asked for last, words apart. */
  scope: string;
  nonce: string;
  /** How many times tokens were given, where refresh tokens are good for one. */
  counter: number;
}

/** What an application is given for a code, if it is the one that asked. */
export interface Code {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly challengeMethod: string;
  readonly expires: Date;
}

/** What people have let applications do, and the codes that tell them so. */
export class GrantStore {
  readonly #byId = new Map<number, Grant>();
  readonly #codes = new Map<string, Code>();
  #lastId = 0;

  byId(id: number): Grant | undefined {
    return this.#byId.get(id);
  }

  find(user: User, application: Application): Grant | undefined {
    return [...this.#byId.values()].find((each) => each.user === user && each.application === application);
  }

  add(user: User, application: Application, scope: string): Grant {
    const grant: Grant = { id: ++this.#lastId, user, application, scope, nonce: "", counter: 1 };
    this.#byId.set(grant.id, grant);
    return grant;
  }

  of(user: User): readonly Grant[] {
    return [...this.#byId.values()].filter((each) => each.user === user);
  }

  to(application: Application): readonly Grant[] {
    return [...this.#byId.values()].filter((each) => each.application === application);
  }

  remove(grant: Grant): void {
    this.#byId.delete(grant.id);
    for (const [secret, code] of this.#codes) if (code.grant === grant) this.#codes.delete(secret);
  }

  /** A new code, which is worth something once. */
  addCode(code: Code): string {
    const secret = `gta_${randomBytes(32).toString("hex")}`;
    this.#codes.set(secret, code);
    return secret;
  }

  code(secret: string): Code | undefined {
    return this.#codes.get(secret);
  }

  removeCode(secret: string): void {
    this.#codes.delete(secret);
  }
}

/** Whether who exchanges the code is who began. */
export function answersChallenge(code: Code, verifier: string): boolean {
  if (code.challengeMethod === "S256") {
    return createHash("sha256").update(verifier).digest("base64url") === code.challenge;
  }
  return code.challengeMethod === "plain" ? verifier === code.challenge : true;
}
