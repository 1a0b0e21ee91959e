import type { IncomingHttpHeaders } from "node:http";
import type { z } from "zod";
import { RateLimited, type UpstreamUnavailable } from "../../errors.ts";
import type { AnswerBody } from "./answer.body.ts";
import type { Answer, Call } from "./upstream.ts";

/** An answer as a service gave it, now or before. */
export interface GivenAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: AnswerBody;
}

const largestRetryAfterMs = 60_000;

function retryAfterMs(header: string | undefined): number {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, largestRetryAfterMs) : 1000;
}

/** Tells outages, and what is too much, from answers; those may still say no. */
export function readAnswer(
  { status, headers, body }: GivenAnswer,
  { understands }: Pick<Call, "understands">,
  unavailable: (reason: string) => UpstreamUnavailable,
): Answer {
  if (status === 429) throw new RateLimited(retryAfterMs(headers["retry-after"]));
  if (status >= 500 && !understands?.includes(status)) throw unavailable(`answered ${status}`);
  // Then the body is not text, and nobody has asked for it.
  if (!["identity", undefined].includes(headers["content-encoding"])) {
    throw unavailable("answered compressed");
  }
  const as = <Shape>(shape: z.ZodType<Shape>): Shape => {
    const result = body.parse(shape);
    if (!result.success) throw unavailable("answered in another shape");
    return result.data;
  };
  return { status, headers, text: body.text, as };
}
