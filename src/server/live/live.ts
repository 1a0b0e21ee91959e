import type { ApolloServer } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
import type { Config } from "../../config.ts";
import type { Context } from "../../context.ts";
import type { SettError } from "../../errors.ts";
import { createPermissionWatches } from "../../permissions/permission.watches.ts";
import { errorFormat } from "../errors.format.ts";
import type { Shared } from "../request-context.ts";
import type { Route } from "../routes.ts";
import type { TrustedDocuments } from "../trusted/trusted.documents.ts";
import { createEventStreams } from "./event-stream.handler.ts";
import { createBeats } from "./beats.ts";
import { measureHub, measureLag, measureSocketLimit } from "./hub.metrics.ts";
import { leavingMs } from "./leaving.ts";
import { createOperationLimits } from "./operation.limits.ts";
import { createRunner } from "./operation.runner.ts";
import { createReadsAlike } from "./payload.audience.ts";
import { createPayloadSharing } from "./payload.sharing.ts";
import { createPlaces } from "./places.ts";
import { createSocketServer, type SocketServer } from "./socket.server.ts";

/** What goes on after its request: WebSockets and event streams. */
export interface LiveServer extends SocketServer {
  readonly eventStream: Route;
}

interface Means {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly apollo: ApolloServer<Context>;
  readonly shared: Shared;
  readonly documents: TrustedDocuments;
  readonly checkDocument: (text: string) => SettError | undefined;
}

/** Asked again this much sooner than an answer may be old, so that the answer to the question comes in time. */
const early = 0.75;

/** Nobody is asked more often, however short the times are. */
const shortestIntervalMs = 100;

export function createLive({ config, schema, apollo, shared, documents, checkDocument }: Means): LiveServer {
  const freshMs = Math.min(config.PERMISSION_TTL, config.VIEWER_TTL);
  const watches = createPermissionWatches({
    intervalMs: Math.max(freshMs * early, shortestIntervalMs),
    graceMs: config.PERMISSION_GRACE,
    rightsChanged: shared.memory.rightsChanged,
    names: shared.names,
  });
  measureHub(shared.metrics.registry, shared.services.hub.counts, watches.count);
  measureSocketLimit(shared.metrics.registry, config.SOCKET_LIMIT);
  const places = createPlaces({ total: config.SOCKET_LIMIT, perViewer: config.SOCKET_LIMIT_PER_VIEWER });
  const run = createRunner({
    apollo,
    shared,
    documents,
    checkDocument,
    watches,
    format: errorFormat(config.INTROSPECTION),
    sharePayload: createPayloadSharing(measureLag(shared.metrics.registry)),
    readsAlike: createReadsAlike(schema),
    limits: createOperationLimits({
      total: config.SUBSCRIPTION_LIMIT_TOTAL,
      perViewer: config.SUBSCRIPTION_LIMIT_PER_VIEWER,
    }),
  });
  const beats = createBeats(config.SOCKET_PING);
  const sockets = createSocketServer({ config, run, shared, places, beats, watches });
  const streams = createEventStreams({ config, run, shared, places, beats });
  return {
    upgrade: sockets.upgrade,
    eventStream: streams.handle,
    stop: async (deadlineMs) => {
      const [isWhole] = await Promise.all([sockets.stop(deadlineMs), streams.stop(leavingMs(deadlineMs))]);
      watches.close();
      return isWhole;
    },
  };
}
