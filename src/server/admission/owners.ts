import type { VouchedCredentials } from "../../services/gitea/vouched.credentials.ts";

/** Who shows nothing, or nothing that can be read as a credential: all of them are one. */
export const nobody = "nobody";

/** All together whose credentials Gitea has not accepted, or not yet: else whoever makes one up a request would be ever another. */
export const strangers = "strangers";

/** What is known of credentials without asking anybody. */
export type Known = Pick<VouchedCredentials, "has">;

/** Whose places and allowance an operation takes up that comes with this credential's key. */
export const ownerOf = (key: string, known: Known): string =>
  key === nobody || known.has(key) ? key : strangers;

/** How its owner is told of what he has too much of. */
export const wordsFor = (owner: string): string =>
  owner === strangers ? "all credentials together that Gitea has not accepted yet" : "one credential";
