import type { IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import {
  CloseCode,
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  MessageType,
  type ConnectionInitMessage,
  type PingMessage,
  type SubscribeMessage,
} from "graphql-ws";
import type { WebSocket } from "ws";
import type { SettError } from "../../errors.ts";
import type { Beating } from "./beats.ts";
import { showAlso, type KnownIdentity } from "./connection.identity.ts";
import { HeldIdentity, type Connected } from "./credential.watch.ts";
import type { Asking, LiveOperation } from "./operation.runner.ts";
import type { Place } from "./places.ts";
import {
  acknowledgement,
  goingAway,
  tryAgainLater,
  type SessionMeans,
  type SessionParts,
} from "./session.means.ts";
import { SocketOperations, type OperationsOwner } from "./socket.operations.ts";
import { SocketWriter, type WriterOwner } from "./socket.writer.ts";

/**
 * Speaks `graphql-transport-ws` with one client. There are thousands: a class, because its methods are there once and
 * not for each of them.
 */
export class SocketSession implements Beating, Connected, OperationsOwner, WriterOwner {
  readonly requestId: string;
  readonly headers: IncomingHttpHeaders;
  readonly writer: SocketWriter;
  private readonly socket: WebSocket;
  private readonly connection: Socket;
  private readonly place: Place;
  private readonly means: SessionMeans;
  private readonly operations: SocketOperations;
  private state: "silent" | "beginning" | "acknowledged" = "silent";
  private known: KnownIdentity | undefined;
  private held: HeldIdentity | undefined;
  private nobodyTimer: NodeJS.Timeout | undefined;
  /** What the last ping said, until it is answered. */
  private pinged: string | undefined;
  private begun = 0;

  constructor({ socket, connection, requestId, headers, place }: SessionParts, means: SessionMeans) {
    this.requestId = requestId;
    this.headers = headers;
    this.socket = socket;
    this.connection = connection;
    this.place = place;
    this.means = means;
    this.writer = new SocketWriter(socket, connection, this);
    this.operations = new SocketOperations(this);
    means.beats.join(this);
    this.expectSomebody();
    if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
      this.close(CloseCode.SubprotocolNotAcceptable, `Speak ${GRAPHQL_TRANSPORT_WS_PROTOCOL}`);
    }
  }

  get operationLimit(): number {
    return this.means.limits.operations;
  }

  get bufferLimit(): number {
    return this.means.limits.bufferedBytes;
  }

  address(): string | undefined {
    return this.connection.remoteAddress;
  }

  async begin(message: ConnectionInitMessage): Promise<void> {
    if (this.state !== "silent") {
      return this.close(CloseCode.TooManyInitialisationRequests, "Begun already");
    }
    this.state = "beginning";
    this.place.keep();
    clearTimeout(this.nobodyTimer);
    this.nobodyTimer = undefined;
    showAlso(this.headers, message);
    this.held = new HeldIdentity(this, this.means);
    const identity = await this.held.open();
    if (this.socket.readyState !== this.socket.OPEN) return this.held.leave();
    if (identity.kind === "refused") return this.refuse();
    if (identity.kind === "unsaid") return this.close(tryAgainLater, "Nobody can say who this is");
    if (!this.place.claim(identity)) return this.close(tryAgainLater, "Too many connections");
    this.known = identity;
    this.state = "acknowledged";
    if (!identity.isSignedIn) {
      // Nothing of theirs is asked again.
      this.held = undefined;
      this.expectSomebody();
    }
    return void this.writer.say(acknowledgement);
  }

  pong(payload: PingMessage["payload"]): void {
    void this.writer.say({ type: MessageType.Pong, ...(payload ? { payload } : {}) });
  }

  subscribe(message: SubscribeMessage): void {
    if (this.state !== "acknowledged") return this.close(CloseCode.Unauthorized, "Unauthorized");
    if (!this.operations.has(message.id)) return this.operations.start(message);
    return this.close(CloseCode.SubscriberAlreadyExists, "There is such an operation already");
  }

  complete(id: string): void {
    this.operations.cancel(id);
  }

  /**
   * Cuts a connection whose client does not answer from one ping to the next. Each ping is another word, and only that
   * word counts for an answer: a client that reads nothing cannot know it, whatever it sends of its own accord. It is
   * the same for all who are pinged at once.
   */
  beat(word: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.pinged !== undefined) {
      this.onCut("its client does not answer");
      this.socket.terminate();
      return;
    }
    this.pinged = word;
    this.socket.ping(word);
  }

  onPong(word: string): void {
    if (word === this.pinged) this.pinged = undefined;
  }

  run(message: SubscribeMessage, onBegun: Asking["onBegun"]): Promise<LiveOperation> {
    this.begun += 1;
    const asking = { requestId: `${this.requestId}.${this.begun}`, headers: this.headers, onBegun };
    return this.means.run(message.payload, asking, this.known?.viewer ?? "");
  }

  onUnauthenticated(): void {
    if (this.known?.isSignedIn) this.refuse();
  }

  onRevoked(error: SettError): void {
    this.operations.refuseAll(error);
    this.refuse();
  }

  onIdle(): void {
    if (!this.known?.isSignedIn) this.expectSomebody();
  }

  onCut(why: string): void {
    this.log().info({ why }, "socket cut");
  }

  onBroken(error: unknown): void {
    this.log().error({ err: error }, "the gateway broke");
    this.close(CloseCode.InternalServerError, "Something broke in the gateway");
  }

  onError({ message }: Error): void {
    this.log().info({ why: message }, "socket broke");
  }

  onClosed(): void {
    this.place.leave();
    clearTimeout(this.nobodyTimer);
    this.means.beats.leave(this);
    this.held?.leave();
    this.operations.cancelAll();
  }

  close(code: number, reason: string): void {
    this.writer.close(code, reason);
  }

  /** Answers what is running, lets subscriptions go, and closes; resolves when all is done. */
  async finish(): Promise<void> {
    await this.operations.finish();
    this.close(goingAway, "The gateway stops");
  }

  /** Closes after a while, unless somebody is there or something runs by then. */
  private expectSomebody(): void {
    clearTimeout(this.nobodyTimer);
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.nobodyTimer = setTimeout(() => {
      if (!this.operations.isIdle()) return;
      // What was answered is still being read.
      if (!this.writer.isDrained()) return this.expectSomebody();
      this.close(CloseCode.ConnectionInitialisationTimeout, "Nobody said who they are");
    }, this.means.limits.initTimeoutMs).unref();
  }

  private refuse(): void {
    this.close(CloseCode.Forbidden, "The credential is not accepted");
  }

  /** Made when there is something to say: most sockets never have. */
  private log() {
    return this.means.shared.log.child({ requestId: this.requestId });
  }
}
