import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config } from "../../config.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { PlatformNames } from "../../permissions/platform-names.ts";
import { startListener, type Listener } from "../../server/listener.ts";
import type { Route } from "../../server/routes.ts";
import { createWebhookHandler, webhookPath } from "../../server/webhook.handler.ts";
import { createHooksService } from "../../services/changes/hooks.service.ts";
import { versionReport } from "../../version.ts";
import type { Actualizer } from "../actualizer.ts";
import type { OwnValues } from "../actualizer.config.ts";

interface Parts {
  readonly config: Config;
  readonly own: Pick<OwnValues, "ACTUALIZER_HOST" | "ACTUALIZER_PORT">;
  readonly actualizer: Pick<Actualizer, "readiness" | "isLeading" | "hint">;
  readonly names: PlatformNames;
  readonly log: Log;
  readonly metrics: Metrics;
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(text),
      "cache-control": "no-store",
    })
    .end(text);
}

/** The pages for those who run the actualizer. */
function pagesOf({ actualizer, metrics }: Parts): Readonly<Record<string, Route>> {
  return {
    "/healthz": (_request, response) => send(response, 200, { alive: true }),
    "/readyz": (_request, response) => {
      const { isReady, problems } = actualizer.readiness();
      send(response, isReady ? 200 : 503, { ready: isReady, leading: actualizer.isLeading(), problems });
    },
    "/version": (_request, response) => send(response, 200, versionReport()),
    "/metrics": async (_request, response) => {
      response.setHeader("content-type", metrics.registry.contentType);
      response.end(await metrics.registry.metrics());
    },
  };
}

/**
 * Listens for health checks, metrics and Gitea's webhooks. Whichever replica a webhook comes to, it tells the cluster,
 * by which whoever leads hears of it.
 */
export async function startActualizerServer(parts: Parts): Promise<Listener> {
  const { config, own, actualizer, names, log, metrics } = parts;
  const pages = pagesOf(parts);
  const hooks = createHooksService({
    secrets: config.GITEA_WEBHOOK_SECRET,
    names,
    platformCommitters: config.PLATFORM_COMMITTERS,
    changes: { pushed: ({ producer }) => actualizer.hint(producer) },
  });
  const webhook = createWebhookHandler({ hooks, bodyLimit: config.WEBHOOK_BODY_LIMIT, log, metrics });

  const route = (path: string, request: IncomingMessage, response: ServerResponse, requestId: string) => {
    if (path === webhookPath && hooks.isOpen) return webhook(request, response, requestId);
    const page = pages[path];
    if (!page) return send(response, 404, { error: "There is nothing here." });
    if (["GET", "HEAD"].includes(request.method ?? "")) return page(request, response, requestId);
    response.setHeader("allow", "GET, HEAD");
    return send(response, 405, { error: "Only GET is taken here." });
  };

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const requestId = randomUUID();
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    response.on("error", (error) => log.info({ requestId, why: error.message }, "an answer broke"));
    Promise.resolve()
      .then(() => route(path, request, response, requestId))
      .catch((error: unknown) => {
        log.error({ err: error, requestId }, "an answer could not be given");
        if (response.headersSent) response.destroy();
        else send(response, 500, { error: "Something broke in the actualizer." });
      });
  };
  return startListener({ host: own.ACTUALIZER_HOST, port: own.ACTUALIZER_PORT }, handle);
}
