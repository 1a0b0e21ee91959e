import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { request, type Dispatcher } from "undici";
import type { OpenSpan, Tracing } from "../../tracing/tracing.ts";
import { addressOf, type Query } from "../http/address.ts";
import { keepCredentials, type Credentials } from "./cluster.credentials.ts";
import { ClusterRefusal, ClusterUnreachable, retryAfterMs } from "./cluster.errors.ts";
import { readRefusal } from "./cluster.refusals.ts";
import type { ClusterSource } from "./cluster.source.ts";
import { traceClusterCall } from "./cluster.tracing.ts";
import { createDeadline, unlessOver, type Deadline } from "./deadline.ts";

/** One call to the cluster: a path in unescaped segments, and what goes with it. */
export interface ClusterCall {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: readonly string[];
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** One whose whole answer is wanted, which is to be no longer than this. */
type WholeCall = ClusterCall & { readonly bytesLimit?: number };

/** An answer that goes on: it ends by itself, when its time is over, or when it is closed. */
export interface ClusterStream {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly close: () => void;
}

/** The way to one cluster, with kept connections and credentials that are renewed. */
export interface ClusterConnection {
  /** The whole answer as text, within the call's time. A refusal is thrown as one. */
  readonly ask: (call: WholeCall) => Promise<string>;
  /** The answer as it comes: it has to begin within `timeoutMs`, and be over within `lifeMs` where that is given. */
  readonly open: (call: ClusterCall & { readonly lifeMs?: number }) => Promise<ClusterStream>;
  readonly close: () => Promise<void>;
}

const defaultBytesLimit = 64 * 1024 * 1024;
const refusalBytesLimit = 64 * 1024;
const unpack = promisify(gunzip);

function unreachable(error: unknown): ClusterUnreachable {
  if (error instanceof ClusterUnreachable) return error;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return new ClusterUnreachable(typeof code === "string" ? code : "BROKEN");
}

async function readAll(body: AsyncIterable<Uint8Array>, bytesLimit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > bytesLimit) throw new ClusterUnreachable("EMSGSIZE");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function refusalOf({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<ClusterRefusal> {
  let text = "";
  try {
    text = (await readAll(body, refusalBytesLimit)).toString();
  } catch {
    // A cut-off answer: the status says enough.
  }
  const { reason, particulars } = readRefusal(text);
  return new ClusterRefusal(statusCode, reason, retryAfterMs(headers["retry-after"]), particulars);
}

/** Opens the way to a cluster. A configuration that cannot be read fails here, everything else per call. */
export function openCluster(source: ClusterSource, tracing?: Tracing): ClusterConnection {
  const keeper = keepCredentials(source);

  async function sendWith(credentials: Credentials, call: ClusterCall, deadline: Deadline, span?: OpenSpan) {
    span?.count("sett.tries");
    const response = await request(addressOf(credentials.server, call.path, call.query), {
      method: call.method ?? "GET",
      headers: { accept: "application/json", ...call.headers, ...credentials.headers },
      dispatcher: credentials.dispatcher,
      signal: deadline.signal,
      ...(call.body === undefined ? {} : { body: call.body }),
    });
    // An answer that is cut off when nobody reads it any longer still says so somewhere.
    response.body.on("error", () => undefined);
    if (response.statusCode < 400) return response;
    throw await refusalOf(response);
  }

  /** Sends it; a credential that is not accepted is read anew, once, for it may just have been replaced. */
  async function send(call: ClusterCall, deadline: Deadline, span?: OpenSpan) {
    try {
      const credentials = await unlessOver(keeper.current(), deadline.signal);
      try {
        return await sendWith(credentials, call, deadline, span);
      } catch (error) {
        if (!(error instanceof ClusterRefusal) || error.status !== 401) throw error;
        keeper.reload(credentials.reading);
        return await sendWith(await unlessOver(keeper.current(), deadline.signal), call, deadline, span);
      }
    } catch (error) {
      if (call.signal?.aborted || error instanceof ClusterRefusal) throw error;
      throw unreachable(error);
    }
  }

  async function askWithin(call: WholeCall, span?: OpenSpan): Promise<string> {
    const { bytesLimit = defaultBytesLimit } = call;
    const deadline = createDeadline(call.signal);
    deadline.arm(call.timeoutMs);
    try {
      const headers = { "accept-encoding": "gzip", ...tracing?.headers(), ...call.headers };
      const response = await send({ ...call, headers }, deadline, span);
      span?.tell({ "http.response.status_code": response.statusCode });
      const body = await readAll(response.body, bytesLimit);
      if (response.headers["content-encoding"] !== "gzip") return body.toString();
      return (await unpack(body, { maxOutputLength: bytesLimit })).toString();
    } catch (error) {
      if (call.signal?.aborted || error instanceof ClusterRefusal) throw error;
      throw unreachable(error);
    } finally {
      deadline.release();
    }
  }

  const ask = (call: WholeCall) => traceClusterCall(tracing, call, (span) => askWithin(call, span));

  async function open(call: Parameters<ClusterConnection["open"]>[0]): Promise<ClusterStream> {
    const deadline = createDeadline(call.signal);
    deadline.arm(call.timeoutMs);
    try {
      const { body } = await send(call, deadline);
      if (call.lifeMs === undefined) deadline.disarm();
      else deadline.arm(call.lifeMs);
      const close = () => {
        deadline.release();
        body.destroy();
      };
      return { chunks: body, close };
    } catch (error) {
      deadline.release();
      throw error;
    }
  }

  return { ask, open, close: keeper.close };
}
