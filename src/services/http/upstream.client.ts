import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { got, RequestError, type Method } from "got";
import type { z } from "zod";
import { RateLimited, StillUnderway, UpstreamUnavailable, type UpstreamName } from "../../errors.ts";
import { addressOf } from "./address.ts";
import type { Answer, Call, UpstreamOptions } from "./upstream.ts";

const emptyDelayMs = 20;
const tornReads = 4;
/** How many times its asker's patience a write may take that outlasts it. */
const longestFactor = 10;
const largestRetryAfterMs = 60_000;

function retryAfterMs(header: string | string[] | undefined): number {
  const seconds = Number(Array.isArray(header) ? header[0] : header);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, largestRetryAfterMs) : 1000;
}

/** A client that asks with deadlines, a size limit and no redirects, and tells outages from refusals. */
export function openClient(name: UpstreamName, options: UpstreamOptions) {
  const kept = { keepAlive: true, maxSockets: options.connections, maxFreeSockets: options.connections };
  const sockets = options.isFresh ? { keepAlive: false } : kept;
  const agent = { http: new HttpAgent(sockets), https: new HttpsAgent(sockets) };
  const client = got.extend({
    agent,
    throwHttpErrors: false,
    followRedirect: false,
    // Nothing is asked for compressed: a small answer could grow past the limit as it is unpacked.
    decompress: false,
    // A kept connection may be closed by the other side just as it is taken: only then, and only a read, is sent again.
    retry: {
      limit: 1,
      methods: ["GET"],
      statusCodes: [],
      errorCodes: ["ECONNRESET", "EPIPE"],
      calculateDelay: ({ computedValue }) => Math.min(computedValue, emptyDelayMs),
    },
  });

  const unavailable = (reason: string, requestId: string) => {
    options.log.debug({ upstream: name, requestId, reason }, "upstream unavailable");
    return new UpstreamUnavailable(name, reason);
  };

  const patienceOf = ({ timeoutMs = options.timeoutMs }: Call) => timeoutMs;

  /** The answer of a write that outlasts its asker, or the error that says so while it is under way. */
  async function awaited<Response>(sent: Promise<Response>, wanted: Call, what: string): Promise<Response> {
    if (!wanted.outlasts) return sent;
    const over = sent.then(
      () => undefined,
      () => undefined,
    );
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new StillUnderway(name, `${what} is not answered yet`, over)),
        patienceOf(wanted),
      );
    });
    return Promise.race([sent, patience]).finally(() => clearTimeout(timer));
  }

  async function send(baseAddress: string, call: Call) {
    const request = client(addressOf(baseAddress, call.path, call.query), {
      method: call.method satisfies Method,
      headers: { accept: "application/json", ...call.headers, "x-request-id": call.requestId },
      timeout: { request: patienceOf(call) * (call.outlasts ? longestFactor : 1) },
      ...(call.torn ? { retry: { limit: tornReads, statusCodes: [500] } } : {}),
      ...(call.body === undefined ? {} : { json: call.body }),
    });
    void request.on("downloadProgress", ({ transferred }) => {
      if (transferred > options.answerLimit) request.cancel(`answer over ${options.answerLimit} bytes`);
    });
    return request;
  }

  async function call(baseAddress: string, wanted: Call): Promise<Answer> {
    const observe = options.metrics.upstreamCalls.startTimer({ upstream: name, method: wanted.method });
    const what = `${wanted.method} /${wanted.path.join("/")}`;
    try {
      const response = await awaited(send(baseAddress, wanted), wanted, what);
      const status = response.statusCode;
      observe({ status: String(status) });
      if (status === 429) throw new RateLimited(retryAfterMs(response.headers["retry-after"]));
      if (status >= 500 && !wanted.understands?.includes(status)) {
        throw unavailable(`${what} answered ${status}`, wanted.requestId);
      }
      // Then the body is not text, and nobody has asked for it.
      if (!["identity", undefined].includes(response.headers["content-encoding"])) {
        throw unavailable(`${what} answered compressed`, wanted.requestId);
      }
      const as = <Shape>(shape: z.ZodType<Shape>): Shape => {
        const read = readJson(response.body);
        const result = shape.safeParse(read);
        if (!result.success) throw unavailable(`${what} answered in another shape`, wanted.requestId);
        return result.data;
      };
      return { status, headers: response.headers, text: response.body, as };
    } catch (error) {
      if (error instanceof StillUnderway) observe({ status: "ETIMEDOUT" });
      if (!(error instanceof RequestError)) throw error;
      observe({ status: error.code });
      throw unavailable(`${what} failed: ${error.code}`, wanted.requestId);
    }
  }

  return {
    call,
    close: () => {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}

/** The JSON of a body, or undefined, which no shape accepts, where there is none. */
function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
