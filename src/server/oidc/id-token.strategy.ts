import { hash } from "node:crypto";
import { decodeJwt } from "jose";
import { LRUCache } from "lru-cache";
import type { Config } from "../../config.ts";
import { Unauthenticated } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { OidcIssuer } from "../../oidc.config.ts";
import type { IssuerService } from "../../services/issuer.service.ts";
import type { IdentityStrategy } from "../identity.ts";
import { createIdTokenVerifier, type Verified, type VerifierRules } from "./id-token.verifier.ts";
import { createIssuerKeys } from "./issuer.keys.ts";

interface Means {
  readonly oidc: OidcIssuer;
  readonly rules: VerifierRules & Pick<Config, "VIEWER_CACHE_SIZE">;
  readonly issuer: IssuerService;
  readonly log: Log;
}

/** Whatever may say who made it, behind whatever word. */
const form = /^(\S+) +([^\s.]+\.[^\s.]+\.\S*)$/;
/** An unsigned one is of this form as well: it is to be refused for what it is. */
const properForm = /^[\w-]+\.[\w-]+\.[\w-]*$/;
const longest = 8192;

interface Shown {
  readonly token: string;
  readonly isProper: boolean;
}

function shownIn(authorization: string | undefined): Shown | undefined {
  if (authorization === undefined || authorization.length > longest) return undefined;
  const [, scheme, token] = form.exec(authorization.trim()) ?? [];
  if (scheme === undefined || token === undefined) return undefined;
  return { token, isProper: scheme.toLowerCase() === "bearer" && properForm.test(token) };
}

/** Who has made a token, as it says itself. */
function claimedIssuer(token: string): unknown {
  const [header, claims] = token.split(".", 2);
  try {
    return decodeJwt(`${header}.${claims}.`).iss;
  } catch {
    return undefined;
  }
}

/**
 * Identity tokens of the configured issuer, as `Authorization: Bearer …`. Whose they are acts by the gateway's token;
 * tokens that name another issuer, such as Gitea's own, are left to the strategies behind this one.
 */
export function createIdTokens({ oidc, rules, issuer, log }: Means): IdentityStrategy {
  const keys = createIssuerKeys(issuer, log);
  const verify = createIdTokenVerifier(oidc, rules, keys);
  const held = new LRUCache<string, Verified>({
    maxSize: rules.VIEWER_CACHE_SIZE,
    sizeCalculation: () => 1,
  });

  /** One that has held does so until it expires, or its issuer publishes other keys. */
  const known = (key: string) => {
    const found = held.get(key);
    if (!found) return undefined;
    if (found.edition === keys.edition() && Date.now() < found.credential.expiresAtMs)
      return found.credential;
    held.delete(key);
    return undefined;
  };

  const lookInto = async (token: string, key: string) => {
    const verified = await verify(token);
    held.set(key, verified);
    return verified.credential;
  };

  return {
    name: "id-token",
    recognise: ({ authorization }) => {
      const shown = shownIn(authorization);
      if (!shown) return undefined;
      const { token, isProper } = shown;
      const key = hash("sha256", token, "base64url");
      const credential = isProper ? known(key) : undefined;
      if (!credential && claimedIssuer(token) !== oidc.issuer) return undefined;
      // Left to others it would be shown to Gitea.
      if (!isProper)
        throw new Unauthenticated("An identity token is taken as `Authorization: Bearer …` only.");
      keys.refresh();
      return credential ?? lookInto(token, key);
    },
  };
}
