import type { IncomingHttpHeaders } from "node:http";
import type { Config } from "../../config.ts";

/** The origins that are let in by name: the configured ones, and the gateway's own, which a proxy may hide from it. */
export const allowedOrigins = ({
  CORS_ORIGINS,
  PUBLIC_URL,
}: Pick<Config, "CORS_ORIGINS" | "PUBLIC_URL">): readonly string[] =>
  PUBLIC_URL === undefined ? CORS_ORIGINS : [...CORS_ORIGINS, PUBLIC_URL];

/**
 * Whether a connection may be opened from where it comes. Browsers ask nobody before they open a WebSocket, so pages
 * are told apart here: those of this server and of the configured origins may, and what is no page at all.
 */
export function isAllowedOrigin({ origin, host }: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host !== "" && new URL(origin).host === host;
}
