import type { IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import { MessageType, type ConnectionAckMessage } from "graphql-ws";
import type { WebSocket } from "ws";
import type { PermissionWatches } from "../../permissions/permission.watches.ts";
import { version } from "../../version.ts";
import type { Shared } from "../request-context.ts";
import type { Beats } from "./beats.ts";
import type { RunOperation } from "./operation.runner.ts";
import type { Place } from "./places.ts";

/** What all sockets share. */
export interface SessionMeans {
  readonly shared: Shared;
  readonly watches: PermissionWatches;
  readonly beats: Beats;
  readonly run: RunOperation;
  readonly limits: {
    readonly operations: number;
    readonly bufferedBytes: number;
    readonly initTimeoutMs: number;
  };
}

/** What is one socket's own. */
export interface SessionParts {
  readonly socket: WebSocket;
  readonly connection: Socket;
  readonly requestId: string;
  /** What it shows when it begins is added. */
  readonly headers: IncomingHttpHeaders;
  readonly place: Place;
}

/** WebSocket's own codes: the gateway stops; it takes no more for now. Clients try again after both. */
export const goingAway = 1001;
export const tryAgainLater = 1013;

/** Says which build answers, so that a page that comes back after an upgrade learns that there was one. */
export const acknowledgement: ConnectionAckMessage = {
  type: MessageType.ConnectionAck,
  payload: { ...version },
};
