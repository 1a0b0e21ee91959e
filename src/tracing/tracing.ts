import type { IncomingHttpHeaders } from "node:http";

/** What is said of a span: bounded words and numbers, never what somebody showed or sent. */
export type SpanFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where a span is, for another trace to point at it. */
export interface SpanPlace {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
}

/** A span that has begun. */
export interface OpenSpan {
  readonly place: SpanPlace;
  readonly tell: (facts: SpanFacts) => void;
  readonly rename: (name: string) => void;
  /** One more of what it counts. */
  readonly count: (fact: string) => void;
  /** It did not go well; why, in one word. */
  readonly fail: (why: string) => void;
  /** It waited for what another span does: that is not done twice, and is in no trace twice. */
  readonly link: (place: SpanPlace) => void;
}

/** What a span is to be. */
export interface SpanWanted {
  readonly name: string;
  readonly kind?: "server" | "client";
  readonly facts?: SpanFacts;
  /** It is the first of its process: it goes on with the trace that these headers name, or begins one. */
  readonly entry?: { readonly headers: IncomingHttpHeaders | undefined };
}

/**
 * Traces: what an operation does, and for how long. Undefined wherever nobody wants any, and then nothing here is even
 * loaded. What goes on after its operation is over, and what nobody asked for, is in no trace.
 */
export interface Tracing {
  /** Does work within a span, which ends with it. */
  readonly within: <Result>(
    wanted: SpanWanted,
    work: (span: OpenSpan | undefined) => Promise<Result>,
  ) => Promise<Result>;
  /** The span within which this is called, while it lasts. */
  readonly current: () => OpenSpan | undefined;
  /** Does what is no part of the operation in which it happens to be called: telling others of it, say. */
  readonly outside: <Result>(work: () => Result) => Result;
  /** Work that belongs to where this is called, whoever comes to call it. */
  readonly bind: <Result>(work: () => Result) => () => Result;
  /** What tells another service which span it is called in: one header, or none. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** Sends what has not been sent yet, for so long at most; true when all of it was. */
  readonly stop: (deadlineMs: number) => Promise<boolean>;
}

/** Does work within a span, where there are any. */
export const withinSpan = <Result>(
  tracing: Tracing | undefined,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> => (tracing ? tracing.within({ name }, work) : work());

/** Does work that is no part of the operation in which it happens to be called. */
export const outsideSpans = <Result>(tracing: Tracing | undefined, work: () => Result): Result =>
  tracing ? tracing.outside(work) : work();

/** The same for what may be the first that is known of a trace. */
export const asEntry = <Result>(
  tracing: Tracing | undefined,
  wanted: Pick<SpanWanted, "name" | "facts">,
  work: () => Promise<Result>,
): Promise<Result> => (tracing ? tracing.within({ ...wanted, entry: { headers: undefined } }, work) : work());

/** Does work as the first of a trace of its own, whatever gave rise to it. */
export const inOwnTrace = <Result>(
  tracing: Tracing | undefined,
  wanted: Pick<SpanWanted, "name" | "facts">,
  work: () => Promise<Result>,
): Promise<Result> => outsideSpans(tracing, () => asEntry(tracing, wanted, work));
