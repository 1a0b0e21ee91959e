import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A span as it is sent, read. */
export interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly startedAt: bigint;
  /** Whether it is said to have gone wrong. */
  readonly failed: boolean;
  readonly facts: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

interface Told {
  readonly key: string;
  readonly value: Readonly<Record<string, string | number | boolean>>;
}

interface RawSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly status?: { readonly code?: number };
  readonly attributes?: readonly Told[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Told[] };
    readonly scopeSpans: readonly { readonly spans: readonly RawSpan[] }[];
  }[];
}

const factsOf = (told: readonly Told[] = []) =>
  Object.fromEntries(told.map(({ key, value }) => [key, Object.values(value)[0]]));

const readSpan = (raw: RawSpan): SentSpan => ({
  ...{ traceId: raw.traceId, spanId: raw.spanId, name: raw.name, links: raw.links ?? [] },
  parentSpanId: raw.parentSpanId === "" ? undefined : raw.parentSpanId,
  startedAt: BigInt(raw.startTimeUnixNano),
  failed: raw.status?.code === 2,
  facts: factsOf(raw.attributes),
});

/** Takes traces as a collector of OpenTelemetry's does, over HTTP. */
export async function startCollector({ isSilent = false }: { readonly isSilent?: boolean } = {}) {
  const bodies: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      headers.push(request.headers);
      if (isSilent) return;
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const exports = () => bodies.map((body) => JSON.parse(body) as Export);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** All that was sent, to the letter. */
    text: () => bodies.join("\n"),
    headers,
    spans: () =>
      exports().flatMap(({ resourceSpans }) =>
        resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(readSpan))),
      ),
    resource: () => factsOf(exports()[0]?.resourceSpans[0]?.resource.attributes),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const shown = [
  ...["url.template", "sett.subject", "sett.outcome", "sett.viewer", "sett.repository", "sett.codes"],
  ...["http.response.status_code", "error.type"],
];

const lineOf = ({ name, facts }: SentSpan): string =>
  [name, ...shown.flatMap((fact) => (facts[fact] === undefined ? [] : [String(facts[fact])]))].join(" ");

/** A trace as a text: each span below the one that it is in, in the order in which they began. */
export function treeOf(spans: readonly SentSpan[], traceId: string): string {
  const ofTrace = spans
    .filter((span) => span.traceId === traceId)
    .sort((one, other) => (one.startedAt < other.startedAt ? -1 : one.startedAt > other.startedAt ? 1 : 0));
  const known = new Set(ofTrace.map(({ spanId }) => spanId));
  const below = (parent: string | undefined, indent: string): readonly string[] =>
    ofTrace
      .filter(({ parentSpanId }) =>
        parent === undefined ? !known.has(parentSpanId ?? "") : parentSpanId === parent,
      )
      .flatMap((span) => [`${indent}${lineOf(span)}`, ...below(span.spanId, `${indent}  `)]);
  return below(undefined, "").join("\n");
}
