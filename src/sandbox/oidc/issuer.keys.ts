import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { exportJWK, SignJWT, type JWK, type JWTHeaderParameters, type JWTPayload } from "jose";

/** How an issuer signs. */
export type SigningAlgorithm = "ES256" | "RS256" | "EdDSA";

interface Key {
  readonly published: JWK;
  readonly sign: (claims: JWTPayload, header: Partial<JWTHeaderParameters>) => Promise<string>;
}

const generate = promisify(generateKeyPair);

const makePair = {
  ES256: () => generate("ec", { namedCurve: "P-256" }),
  RS256: () => generate("rsa", { modulusLength: 2048 }),
  EdDSA: () => generate("ed25519", {}),
} satisfies Record<SigningAlgorithm, unknown>;

async function makeKey(alg: SigningAlgorithm, kid: string): Promise<Key> {
  const { privateKey, publicKey } = await makePair[alg]();
  const published = { ...(await exportJWK(publicKey)), alg, kid, use: "sig" };
  return {
    published,
    sign: (claims, header) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid, typ: "JWT", ...header }).sign(privateKey),
  };
}

/** The keys of an issuer; each costs a moment, so it is made when it is first needed. */
export class IssuerKeyRing {
  #made = 0;
  #keys: (() => Promise<Key>)[] = [];

  constructor() {
    this.rotate("ES256", 0);
  }

  /** Signs with a new key from now on, and publishes so many of the old ones beside it. */
  rotate(algorithm: SigningAlgorithm, kept: number): void {
    this.#made += 1;
    const kid = `sandbox-${this.#made}`;
    let key: Promise<Key> | undefined;
    this.#keys = [() => (key ??= makeKey(algorithm, kid)), ...this.#keys.slice(0, kept)];
  }

  async sign(claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    const [newest] = await this.#all();
    if (!newest) throw new Error("an issuer has a key");
    return newest.sign(claims, header);
  }

  /** What anybody needs who wants to check a signature. */
  async published(): Promise<{ keys: JWK[] }> {
    return { keys: (await this.#all()).map(({ published }) => published) };
  }

  #all(): Promise<Key[]> {
    return Promise.all(this.#keys.map((make) => make()));
  }
}
