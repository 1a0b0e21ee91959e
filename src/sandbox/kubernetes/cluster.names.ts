import { createHash, randomInt } from "node:crypto";

/** What the cluster makes names of: nothing that could be read as a word. */
const letters = "bcdfghjklmnpqrstvwxz2456789";

/** The end of a pod's name. */
export function randomSuffix(length = 5): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
}

/** What a replica set is called after: the same for the same template. */
export function templateHash(template: unknown): string {
  const bytes = createHash("sha256").update(JSON.stringify(template)).digest().subarray(0, 10);
  return [...bytes].map((byte) => letters[byte % letters.length]).join("");
}
