import { z } from "zod";

/** A session, as its cookie holds it. */
export const sessionShape = z.object({
  id: z.string(),
  login: z.string(),
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  /** When the access token ends, and from when on a new one is asked for. */
  expiresAtMs: z.number(),
  renewAtMs: z.number(),
  /** When one has to sign in again, whatever is renewed. */
  endsAtMs: z.number(),
  /** How often it was renewed: of two cookies of a session the one with more is newer. */
  renewals: z.number(),
});

export type Session = z.output<typeof sessionShape>;

/** What Gitea gives whoever signs in. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly lifeMs: number;
}

/** A new token is asked for so long before the old one ends, or a third of its life, if that is shorter. */
const longestMarginMs = 5 * 60_000;

/** The part of a session that comes from its tokens. */
export function sessionPart({ accessToken, refreshToken, lifeMs }: Tokens) {
  const expiresAtMs = Date.now() + lifeMs;
  return {
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    expiresAtMs,
    renewAtMs: expiresAtMs - Math.min(longestMarginMs, lifeMs / 3),
  };
}

/** When what a session shows is over unless it is renewed before. */
export const lapsesAtMs = ({ expiresAtMs, endsAtMs }: Session): number => Math.min(expiresAtMs, endsAtMs);
