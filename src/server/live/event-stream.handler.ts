import type { IncomingMessage, ServerResponse } from "node:http";
import Negotiator from "negotiator";
import type { Config } from "../../config.ts";
import { RateLimited, type SettError } from "../../errors.ts";
import { turnAway } from "../admission/turn-away.ts";
import { answerError, answerUnreadable, readJsonBody, UnreadableRequest } from "../json-body.ts";
import type { Shared } from "../request-context.ts";
import type { Route } from "../routes.ts";
import type { Beats } from "./beats.ts";
import { identify, ofAddress } from "./connection.identity.ts";
import { readLiveRequest } from "./live-request.ts";
import { letGo } from "./leaving.ts";
import type { LiveOperation, RunOperation, Step } from "./operation.runner.ts";
import { allowedOrigins, isAllowedOrigin } from "./origin.rule.ts";
import type { Place, Places } from "./places.ts";
import { streamedEvent } from "./prepared.message.ts";

/** Operations whose answers are streams of events: `graphql-sse`, a connection for each. */
export interface EventStreams {
  readonly handle: Route;
  /** Ends all streams within a time, so that clients take them up elsewhere. */
  readonly stop: (withinMs: number) => Promise<void>;
}

interface Means {
  readonly config: Config;
  readonly run: RunOperation;
  readonly shared: Shared;
  readonly places: Places;
  readonly beats: Beats;
}

const retryAfterMs = 5000;
const sign = ":\n\n";

function framesOf(step: Step): string | Buffer {
  const end = "event: complete\ndata:\n\n";
  if (step.kind === "complete") return end;
  if (step.kind === "next") return streamedEvent(step);
  return `event: next\ndata: ${JSON.stringify({ errors: step.errors })}\n\n${end}`;
}

/** Resolves when the client has read enough for more to be written, or is gone. */
const drained = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const go = () => {
      response.off("drain", go).off("close", go);
      resolve();
    };
    response.once("drain", go).once("close", go);
  });

/** Writes a sign of life now and then; cuts a client that has not read by then what waited for it the last time. */
function keepAlive(response: ServerResponse, beats: Beats): void {
  let isWaiting = false;
  const member = {
    beat: () => {
      if (response.destroyed) return;
      if (isWaiting) {
        response.destroy();
        return;
      }
      isWaiting = true;
      // What has ended is not written to any more, and is closed once its reader has all of it.
      if (response.writableEnded) return;
      response.write(sign, () => {
        isWaiting = false;
      });
    },
  };
  beats.join(member);
  response.once("close", () => beats.leave(member));
}

function send(response: ServerResponse, operation: LiveOperation): void {
  operation.run({
    take: (step) => {
      if (response.destroyed || response.writableEnded) return undefined;
      const isCalm = response.write(framesOf(step));
      if (step.kind !== "next") response.end();
      return isCalm ? undefined : drained(response);
    },
  });
}

async function readRequest(request: IncomingMessage, response: ServerResponse, config: Config) {
  if (request.method !== "POST") {
    response.setHeader("allow", "POST");
    throw new UnreadableRequest(405, "Only POST is taken here.");
  }
  if (!isAllowedOrigin(request.headers, allowedOrigins(config))) {
    throw new UnreadableRequest(403, "Pages of this origin may not ask here.");
  }
  if (new Negotiator(request).mediaType(["text/event-stream"]) === undefined) {
    throw new UnreadableRequest(406, "The answer is a text/event-stream.");
  }
  const body = await readJsonBody(request, config.BODY_LIMIT);
  // Of a page of another origin, browsers ask first for JSON only.
  if (body === undefined) throw new UnreadableRequest(415, "The body is to be application/json.");
  return readLiveRequest(body);
}

export function createEventStreams({ config, run, shared, places, beats }: Means): EventStreams {
  const running = new Map<ServerResponse, LiveOperation | undefined>();
  let stopping = false;

  const refuse = (request: IncomingMessage, response: ServerResponse, status: number, error: SettError) => {
    response.setHeader("retry-after", retryAfterMs / 1000);
    request.resume();
    answerError(request, response, status, error.toJSON());
  };

  /** Takes a place for a connection until it is closed. */
  const takePlace = (response: ServerResponse): Place | undefined => {
    const place = stopping ? undefined : places.take();
    if (!place) return undefined;
    shared.metrics.sockets.inc({ transport: "event-stream" });
    response.once("close", () => {
      running.delete(response);
      place.leave();
      shared.metrics.sockets.dec({ transport: "event-stream" });
    });
    return place;
  };

  const stream = async (
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ): Promise<void> => {
    const isGone = () => response.destroyed;
    const turnedAway = shared.admission.refusal();
    if (turnedAway) return turnAway(request, response, turnedAway);
    // Whoever is still sending has no place, so that nobody can take places by never coming to an end.
    const asked = await readRequest(request, response, config);
    // Who has gone meanwhile is not noted down: nobody would strike them out again.
    if (isGone()) return;
    const place = takePlace(response);
    if (!place) {
      return refuse(request, response, 503, new RateLimited(retryAfterMs, "Too many connections."));
    }
    const asking = { requestId, headers: request.headers };
    const found = await identify(asking, request, shared);
    if (isGone()) return;
    // Who is not accepted learns it from the answer, in a place for nobody.
    const identity = found.kind === "known" ? found : ofAddress(request.socket.remoteAddress);
    if (!place.claim(identity)) {
      return refuse(request, response, 429, new RateLimited(retryAfterMs, "Too many connections."));
    }
    running.set(response, undefined);
    // Who has gone while they waited for their turn closes nothing any more.
    const onBegun = (leave: () => void) => {
      if (isGone()) leave();
      else response.once("close", leave);
    };
    const operation = await run(asked, { ...asking, onBegun }, identity.viewer);
    if (isGone() || (stopping && operation.isSubscription)) {
      operation.cancel();
      return void response.destroy();
    }
    running.set(response, operation);
    response.once("close", () => operation.cancel());
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      // Proxies that gather answers before they pass them on are asked not to.
      "x-accel-buffering": "no",
    });
    response.write(sign);
    keepAlive(response, beats);
    return send(response, operation);
  };

  return {
    handle: async (request, response, requestId) => {
      try {
        return await stream(request, response, requestId);
      } catch (error) {
        if (!(error instanceof UnreadableRequest)) throw error;
        return answerUnreadable(request, response, error);
      }
    },
    stop: (withinMs) => {
      stopping = true;
      return letGo([...running], withinMs, ([response, operation]) => {
        if (!operation?.isSubscription) return;
        operation.cancel();
        // Without a word of completion, so that clients take it up elsewhere.
        response.end();
      });
    },
  };
}
