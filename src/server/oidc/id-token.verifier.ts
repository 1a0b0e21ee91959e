import {
  errors,
  jwtVerify,
  type CompactJWSHeaderParameters,
  type FlattenedJWSInput,
  type JWTPayload,
} from "jose";
import type { Config } from "../../config.ts";
import { SettError, Unauthenticated, UpstreamUnavailable } from "../../errors.ts";
import type { OidcIssuer } from "../../oidc.config.ts";
import type { SudoCredential } from "../../permissions/caller.ts";
import { claimedLogin, type LoginRule } from "./claimed.login.ts";
import type { IssuerKeys } from "./issuer.keys.ts";

/** What comes of a token that holds. */
export interface Verified {
  readonly credential: SudoCredential & { readonly expiresAtMs: number };
  /** Which of the issuer's sets of keys it held by; undefined where that was just replaced. */
  readonly edition: number | undefined;
}

/** Looks into an identity token; throws one of our errors when it does not hold, or nobody can say. */
export type VerifyIdToken = (token: string) => Promise<Verified>;

export type VerifierRules = LoginRule & Pick<Config, "OIDC_CLOCK_SKEW" | "OIDC_ADMINS">;

/** Those only whose keys tell nobody how to sign. */
const algorithms = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
];

const refusals: Readonly<Record<string, string>> = {
  aud: "The identity token is for another audience.",
  azp: "The identity token was given to another client.",
  nbf: "The identity token is not valid yet.",
  iat: "The identity token is not valid yet.",
};

const expired = "The identity token has expired: sign in again.";

function refusalOf(error: unknown): string | undefined {
  if (error instanceof errors.JWTExpired) return expired;
  if (error instanceof errors.JWTClaimValidationFailed) {
    return refusals[error.claim] ?? "The identity token lacks something that it needs.";
  }
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return "The identity token's signature does not hold.";
  if (error instanceof errors.JWKSNoMatchingKey)
    return "The identity token is signed with no key that its issuer publishes.";
  const isMalformed =
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid;
  return isMalformed ? "The identity token is none that is taken here." : undefined;
}

/** What is said of a token that does not hold; what is wrong with its issuer says nothing of the token. */
function failureOf(error: unknown): SettError {
  if (error instanceof SettError) return error;
  const refusal = refusalOf(error);
  if (refusal !== undefined) return new Unauthenticated(refusal);
  return new UpstreamUnavailable("issuer", `its keys cannot be used: ${String(error)}`);
}

const isAnIdTokens = (type: string | undefined) => type === undefined || type.toUpperCase() === "JWT";

export function createIdTokenVerifier(
  { issuer, audience }: OidcIssuer,
  rules: VerifierRules,
  keys: Pick<IssuerKeys, "find" | "edition">,
): VerifyIdToken {
  const skewMs = rules.OIDC_CLOCK_SKEW;
  const options = {
    issuer,
    audience: [...audience],
    algorithms,
    clockTolerance: skewMs / 1000,
    requiredClaims: ["sub", "iat", "exp"],
  };

  /** What is left to be looked at when the signature and what all tokens have hold. */
  const problemOf = ({ iat, azp }: JWTPayload): string | undefined => {
    if (typeof iat !== "number" || iat * 1000 > Date.now() + skewMs) return refusals["iat"];
    // Given to another, who was let show it here by nobody but the issuer.
    if (azp !== undefined && !audience.includes(azp as string)) return refusals["azp"];
    return undefined;
  };

  /** A token that names no key may be signed with any of those that could have signed it. */
  const verifyWithAny = async (token: string, several: errors.JWKSMultipleMatchingKeys) => {
    for await (const key of several) {
      try {
        return await jwtVerify(token, key, options);
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  };

  const verify = async (token: string) => {
    let edition: number | undefined;
    const { payload, protectedHeader } = await jwtVerify(
      token,
      async (header: CompactJWSHeaderParameters, signed: FlattenedJWSInput) => {
        const found = await keys.find(header, signed);
        edition = found.edition;
        return found.key;
      },
      options,
    ).catch((error: unknown) => {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      edition = keys.edition();
      return verifyWithAny(token, error);
    });
    if (!isAnIdTokens(protectedHeader.typ)) throw new Unauthenticated("This is no identity token.");
    return { payload, edition };
  };

  return async (token) => {
    const { payload, edition } = await verify(token).catch((error: unknown) => {
      throw failureOf(error);
    });
    const problem = problemOf(payload);
    if (problem !== undefined) throw new Unauthenticated(problem);
    const login = claimedLogin(payload, rules);
    if (login === undefined) throw new Unauthenticated("The identity token does not say who you are here.");
    const expiresAtMs = (payload.exp ?? 0) * 1000 + skewMs;
    // What was looked at before are whole seconds.
    if (Date.now() >= expiresAtMs) throw new Unauthenticated(expired);
    return {
      credential: { kind: "sudo", login, mayAdminister: rules.OIDC_ADMINS, expiresAtMs },
      edition,
    };
  };
}
