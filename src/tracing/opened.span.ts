import { SpanStatusCode, type Span } from "@opentelemetry/api";
import type { OpenSpan, SpanFacts, SpanPlace } from "./tracing.ts";

/** The attribute that says in one word why something did not go well. */
const whyNot = "error.type";

/** A class: a span has its methods without one of them being made for it. */
export class OpenedSpan implements OpenSpan {
  readonly #span: Span;
  #isOver = false;
  #counts: Map<string, number> | undefined;

  constructor(span: Span) {
    this.#span = span;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get place(): SpanPlace {
    const { traceId, spanId, traceFlags } = this.#span.spanContext();
    return { traceId, spanId, traceFlags };
  }

  tell(facts: SpanFacts): void {
    for (const [name, value] of Object.entries(facts)) {
      if (value !== undefined) this.#span.setAttribute(name, value);
    }
  }

  count(fact: string): void {
    const count = (this.#counts?.get(fact) ?? 0) + 1;
    this.#counts = (this.#counts ?? new Map<string, number>()).set(fact, count);
    this.#span.setAttribute(fact, count);
  }

  rename(name: string): void {
    this.#span.updateName(name);
  }

  fail(why: string): void {
    // No message: what went wrong may have words of others' in it.
    this.#span.setAttribute(whyNot, why).setStatus({ code: SpanStatusCode.ERROR });
  }

  link(place: SpanPlace): void {
    this.#span.addLink({ context: { ...place } });
  }

  end(): void {
    this.#isOver = true;
    this.#span.end();
  }
}
