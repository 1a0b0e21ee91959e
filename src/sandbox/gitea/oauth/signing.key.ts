import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { calculateJwkThumbprint, exportJWK, SignJWT, type JWK, type JWTPayload } from "jose";

interface Pair {
  readonly sign: (claims: JWTPayload) => Promise<string>;
  readonly published: JWK;
}

/** The key that a Gitea signs with; it costs a moment, so it is made when it is first needed. */
export class SigningKey {
  #pair: Promise<Pair> | undefined;

  async sign(claims: JWTPayload): Promise<string> {
    return (await this.#made()).sign(claims);
  }

  /** What anybody needs who wants to check a signature. */
  async published(): Promise<JWK> {
    return (await this.#made()).published;
  }

  #made(): Promise<Pair> {
    this.#pair ??= makePair();
    return this.#pair;
  }
}

async function makePair(): Promise<Pair> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const header = { alg: "RS256", kid, typ: "JWT" };
  return {
    sign: (claims) => new SignJWT(claims).setProtectedHeader(header).sign(privateKey),
    published: { alg: "RS256", ...jwk, kid, use: "sig" },
  };
}
