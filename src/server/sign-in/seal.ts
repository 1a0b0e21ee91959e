import { hkdfSync } from "node:crypto";
import { EncryptJWT, jwtDecrypt } from "jose";
import type { z } from "zod";

/** Makes texts out of values that nobody else can read, make or change, and that hold for a time only. */
export interface Seal<Value> {
  readonly seal: (value: Value, untilMs: number) => Promise<string>;
  /** Undefined for what was not sealed here for this purpose, and for what does not hold any more. */
  readonly open: (text: string) => Promise<Value | undefined>;
}

const keyLength = 32;
const algorithm = "dir";
const encryption = "A256GCM";

const keyOf = (secret: string, purpose: string) =>
  new Uint8Array(hkdfSync("sha256", secret, "", `sett ${purpose}`, keyLength));

/** The first secret seals, all of them open; what was sealed for one purpose does not open for another. */
export function createSeal<Value>(
  secrets: readonly string[],
  purpose: string,
  shape: z.ZodType<Value>,
): Seal<Value> {
  const keys = secrets.map((secret) => keyOf(secret, purpose));
  const [sealing] = keys;
  if (!sealing) throw new TypeError("Nothing is sealed without a secret.");
  const limits = { keyManagementAlgorithms: [algorithm], contentEncryptionAlgorithms: [encryption] };
  return {
    seal: (value, untilMs) =>
      new EncryptJWT({ value })
        .setProtectedHeader({ alg: algorithm, enc: encryption })
        .setExpirationTime(Math.ceil(untilMs / 1000))
        .encrypt(sealing),
    open: async (text) => {
      for (const key of keys) {
        try {
          const { payload } = await jwtDecrypt(text, key, limits);
          return shape.safeParse(payload["value"]).data;
        } catch {
          // Another secret may have sealed it.
        }
      }
      return undefined;
    },
  };
}
