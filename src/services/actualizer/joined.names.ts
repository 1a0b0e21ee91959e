import { createHash } from "node:crypto";

/** How long a name of an object or a part of a host may be. */
export const longestLabel = 63;

const hashLength = 12;

/** A short name of some content: as a label's value, and as a part of a name. */
export function hashOf(text: string, length = hashLength): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/**
 * Parts joined by dashes, cut short where that is too long. What is cut off is told by a hash behind two dashes, which
 * no name has that was not cut.
 */
export function joinedName(parts: readonly string[], longest = longestLabel): string {
  const whole = parts.join("-");
  if (whole.length <= longest) return whole;
  const start = whole.slice(0, longest - hashLength - 2).replace(/-+$/, "");
  return `${start}--${hashOf(parts.join("/"))}`;
}

/** A producer's environment. */
export interface Place {
  readonly producer: string;
  readonly env: string;
}

/** The name of a producer's environment, or of something in it. */
export function resourceName({ producer, env }: Place, part?: string): string {
  return joinedName([producer, env, ...(part === undefined ? [] : [part])]);
}

/**
 * A function as a part of a name. Functions are called as JavaScript calls things, so most have to be told by a hash
 * from another that differs from it in what names on the cluster cannot have.
 */
export function functionPart(name: string): string {
  if (/^[a-z0-9]{1,40}$/.test(name)) return name;
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 20);
  return `${readable || "f"}--${hashOf(name)}`;
}
