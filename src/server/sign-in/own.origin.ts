import type { IncomingHttpHeaders } from "node:http";

/** Which origin is the gateway's own, for whoever asks with these headers. */
export interface OwnOrigin {
  /** Undefined where sign-in has no address to lead back to. */
  readonly of: (headers: IncomingHttpHeaders) => string | undefined;
  /** Whether a request is of the gateway's own pages, or of no page at all: no other's may use a session. */
  readonly isAsking: (headers: IncomingHttpHeaders) => boolean;
}

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
const own = new Set<unknown>(["same-origin", "none"]);

/**
 * Without an address of its own the gateway takes the one that it was asked at, if that is this machine's: of others
 * anybody can say that they lead here.
 */
export function createOwnOrigin(publicUrl: string | undefined): OwnOrigin {
  const of = ({ host = "" }: IncomingHttpHeaders) =>
    publicUrl ?? (loopback.test(host) ? `http://${host}` : undefined);
  return {
    of,
    isAsking: (headers) => {
      const site = headers["sec-fetch-site"];
      if (site !== undefined && !own.has(site)) return false;
      const origin = of(headers);
      return origin !== undefined && (headers.origin === undefined || headers.origin === origin);
    },
  };
}
