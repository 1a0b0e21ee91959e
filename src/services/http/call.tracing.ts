import type { UpstreamName } from "../../errors.ts";
import type { SpanPlace, Tracing } from "../../tracing/tracing.ts";
import type { GivenAnswer } from "./answer.reading.ts";
import { routeOf } from "./call.route.ts";
import type { Call } from "./upstream.ts";

/** Puts calls to a service into the trace of who asks. */
export interface CallTracing {
  /** One that is sent; a read that others may join names what they join it by. */
  readonly sent: (wanted: Call, send: () => Promise<GivenAnswer>, joinedBy?: string) => Promise<GivenAnswer>;
  /** A read that may be on its way for somebody else: it is that one's, and only pointed at from here. */
  readonly joined: (wanted: Call, joinedBy: string, join: () => Promise<GivenAnswer>) => Promise<GivenAnswer>;
}

const untraced: CallTracing = {
  sent: (_wanted, send) => send(),
  joined: (_wanted, _joinedBy, join) => join(),
};

export function traceCalls(upstream: UpstreamName, tracing: Tracing | undefined): CallTracing {
  if (!tracing) return untraced;
  const underway = new Map<string, SpanPlace>();
  let sentCount = 0;

  const factsOf = ({ method, path }: Call) => ({
    "sett.upstream": upstream,
    "http.request.method": method,
    "url.template": routeOf(path),
  });

  return {
    sent: (wanted, send, joinedBy) => {
      sentCount += 1;
      const name = `${wanted.method} ${upstream}`;
      return tracing.within({ name, kind: "client", facts: factsOf(wanted) }, async (span) => {
        if (span && joinedBy !== undefined) underway.set(joinedBy, span.place);
        try {
          const given = await send();
          span?.tell({ "http.response.status_code": given.status });
          return given;
        } finally {
          if (joinedBy !== undefined) underway.delete(joinedBy);
        }
      });
    },
    joined: (wanted, joinedBy, join) => {
      const before = sentCount;
      const asked = join();
      if (sentCount !== before) return asked;
      const name = `shared ${wanted.method} ${upstream}`;
      return tracing.within({ name, facts: factsOf(wanted) }, (span) => {
        const place = underway.get(joinedBy);
        if (place) span?.link(place);
        return asked;
      });
    },
  };
}
