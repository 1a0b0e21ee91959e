import type { IncomingMessage, ServerResponse } from "node:http";
import readBody from "raw-body";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { HooksService } from "../services/changes/hooks.service.ts";
import type { Audit } from "./audit/audit.ts";
import { UnreadableRequest } from "./json-body.ts";
import { plainError, type Route } from "./routes.ts";

/** Where Gitea's webhooks come to. */
export const webhookPath = "/webhooks/gitea";

interface Means {
  readonly hooks: HooksService;
  readonly bodyLimit: number;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Of the actualizer's there is none. */
  readonly audit?: Pick<Audit, "turnedAway">;
}

async function readRaw(request: IncomingMessage, limit: number): Promise<Buffer> {
  try {
    return await readBody(request, { limit, length: request.headers["content-length"] ?? null });
  } catch (error) {
    const isLarge =
      typeof error === "object" && error !== null && "type" in error && error.type === "entity.too.large";
    throw isLarge
      ? new UnreadableRequest(413, `The body is too large: at most ${limit} bytes are taken.`)
      : new UnreadableRequest(400, "The body could not be read.");
  }
}

/** What each outcome is answered. */
const answers = {
  refused: [401, "The signature is missing or is not of this body."],
  unreadable: [400, "The body is not what Gitea sends with this event."],
} as const;

/** Takes Gitea's webhooks: only those that are signed with a secret of the gateway's are even read. */
export function createWebhookHandler({ hooks, bodyLimit, log, metrics, audit }: Means): Route {
  const take = async (request: IncomingMessage, response: ServerResponse, requestId: string) => {
    if (request.method !== "POST") {
      response.setHeader("allow", "POST");
      return plainError(response, 405, "Only POST is taken here.");
    }
    const outcome = hooks.take(await readRaw(request, bodyLimit), request.headers);
    metrics.webhooks.inc({ outcome });
    const event = request.headers["x-gitea-event"];
    if (outcome === "refused") audit?.turnedAway("webhook", requestId, "UNAUTHENTICATED");
    if (outcome === "refused" || outcome === "unreadable") {
      log.warn({ requestId, outcome }, "webhook not taken");
      const [status, message] = answers[outcome];
      return plainError(response, status, message);
    }
    log.info({ requestId, outcome, event: String(event).slice(0, 50) }, "webhook");
    response.writeHead(204).end();
  };

  return async (request, response, requestId) => {
    try {
      await take(request, response, requestId);
    } catch (error) {
      if (!(error instanceof UnreadableRequest)) throw error;
      metrics.webhooks.inc({ outcome: "unreadable" });
      log.warn({ requestId, status: error.status }, "webhook not taken");
      // What is still to come is read and dropped, so that the answer gets through.
      request.resume();
      plainError(response, error.status, error.message);
    }
  };
}
