import { MessageType, type SubscribeMessage } from "graphql-ws";
import { RateLimited, type SettError } from "../../errors.ts";
import { codesOf } from "./error.presenter.ts";
import type { Asking, LiveOperation, Sink, Step } from "./operation.runner.ts";
import { keepMessage, socketMessage } from "./prepared.message.ts";
import type { SocketWriter } from "./socket.writer.ts";
import { textFrame } from "./text.frame.ts";

/** Whose operations they are: a socket. */
export interface OperationsOwner {
  readonly operationLimit: number;
  readonly writer: Pick<SocketWriter, "send" | "isDrained">;
  readonly run: (message: SubscribeMessage, onBegun: Asking["onBegun"]) => Promise<LiveOperation>;
  /** Somebody's credential was not accepted any more. */
  readonly onUnauthenticated: () => void;
  /** Nothing runs any more. */
  readonly onIdle: () => void;
  readonly onBroken: (error: unknown) => void;
}

const retryAfterMs = 1000;

function messageOf(id: string, step: Step): Buffer {
  if (step.kind === "next") return socketMessage(id, step);
  if (step.kind === "complete") return textFrame(`{"id":${id},"type":"${MessageType.Complete}"}`);
  const payload = JSON.stringify(step.errors);
  return textFrame(`{"id":${id},"type":"${MessageType.Error}","payload":${payload}}`);
}

const codes = (step: Step) =>
  step.kind === "next" ? step.codes : step.kind === "error" ? codesOf(step.errors) : [];

/** One of them: writes what comes of it. */
class SocketOperation implements Sink {
  /** As JSON: so it is needed for each message. */
  readonly id: string;
  private readonly all: SocketOperations;
  operation: LiveOperation | undefined;
  /** Says, until there is an operation, that nobody waits for it any longer. */
  leave: (() => void) | undefined;
  isWanted = true;
  isOver = false;

  constructor(id: string, all: SocketOperations) {
    this.id = id;
    this.all = all;
  }

  take(step: Step): Promise<void> | undefined {
    if (!this.isWanted) return undefined;
    return this.all.write(this, step);
  }
}

/** The operations of one socket. Thousands of sockets have some: a class, because its methods are there once. */
export class SocketOperations {
  private readonly owner: OperationsOwner;
  /** Most sockets have one: only others take the room of a map. */
  private first: SocketOperation | undefined;
  private others: Map<string, SocketOperation> | undefined;
  /** What a client has lost interest in may still be running, and counts as long as it does. */
  private running = 0;
  private whenIdle: (() => void) | undefined;

  constructor(owner: OperationsOwner) {
    this.owner = owner;
  }

  has(id: string): boolean {
    return this.find(JSON.stringify(id)) !== undefined;
  }

  isIdle(): boolean {
    return this.running === 0;
  }

  start(message: SubscribeMessage): void {
    if (this.whenIdle) return;
    const id = JSON.stringify(message.id);
    const { operationLimit, writer } = this.owner;
    if (this.running >= operationLimit) {
      const words = `At most ${operationLimit} operations run over a connection.`;
      const refusal = new RateLimited(retryAfterMs, words);
      void writer.send(messageOf(id, { kind: "error", errors: [refusal.toJSON()] }));
      return;
    }
    const entry = new SocketOperation(id, this);
    if (this.first) (this.others ??= new Map()).set(id, entry);
    else this.first = entry;
    this.running += 1;
    this.owner
      .run(message, (leave) => {
        if (entry.isWanted) entry.leave = leave;
        else leave();
      })
      .then((operation) => this.begin(entry, operation))
      .catch((error: unknown) => {
        this.forget(entry);
        this.over(entry);
        this.owner.onBroken(error);
      });
  }

  cancel(id: string): void {
    const entry = this.find(JSON.stringify(id));
    if (entry) this.forget(entry);
  }

  cancelAll(): void {
    for (const entry of this.wanted()) this.forget(entry);
  }

  /** Tells each of them this error, and ends it. */
  refuseAll(error: SettError): void {
    for (const entry of this.wanted()) {
      void this.owner.writer.send(messageOf(entry.id, { kind: "error", errors: [error.toJSON()] }));
      this.forget(entry, error.code);
    }
  }

  /** Lets subscriptions go without a word, so that clients take them up elsewhere; resolves when all else is answered. */
  finish(): Promise<void> {
    return new Promise((resolve) => {
      this.whenIdle = resolve;
      for (const entry of this.wanted()) if (entry.operation?.isSubscription) this.forget(entry);
      this.settle();
    });
  }

  write(entry: SocketOperation, step: Step): Promise<void> | undefined {
    // Its id is free for another one as soon as the client learns of its end.
    if (step.kind !== "next") this.strike(entry);
    const { writer } = this.owner;
    const calm = writer.send(messageOf(entry.id, step));
    if (step.kind === "next" && !writer.isDrained()) keepMessage(entry.id, step);
    if (codes(step).includes("UNAUTHENTICATED")) this.owner.onUnauthenticated();
    if (step.kind !== "next") this.forget(entry);
    return calm;
  }

  private find(id: string): SocketOperation | undefined {
    return this.first?.id === id ? this.first : this.others?.get(id);
  }

  private wanted(): readonly SocketOperation[] {
    return [...(this.first ? [this.first] : []), ...(this.others?.values() ?? [])];
  }

  private begin(entry: SocketOperation, operation: LiveOperation): void {
    entry.operation = operation;
    entry.leave = undefined;
    // One that was still being opened when the others were let go is no more to be waited for than they are.
    if (!entry.isWanted || (this.whenIdle && operation.isSubscription)) return this.forget(entry);
    return operation.run(entry);
  }

  private strike(entry: SocketOperation): void {
    if (this.first === entry) this.first = undefined;
    else if (this.others?.get(entry.id) === entry) this.others.delete(entry.id);
    if (this.others?.size === 0) this.others = undefined;
  }

  private forget(entry: SocketOperation, reason?: string): void {
    entry.isWanted = false;
    this.strike(entry);
    entry.leave?.();
    if (!entry.operation) return this.settle();
    entry.operation.cancel(reason);
    return this.over(entry);
  }

  private over(entry: SocketOperation): void {
    if (entry.isOver) return;
    entry.isOver = true;
    this.running -= 1;
    if (this.running === 0) this.owner.onIdle();
    this.settle();
  }

  private settle(): void {
    if (!this.first && !this.others) this.whenIdle?.();
  }
}
