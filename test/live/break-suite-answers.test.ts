import { test } from "vitest";
import { nobody } from "../../src/sandbox/kubernetes/caller.access.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { endure, type Break, type Watching } from "./cluster.breaks.ts";

const json = { "Content-Type": "application/json" };
const failure = (code: number, reason: string) =>
  JSON.stringify({ kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", reason, code });

/** Lets every request run into a fault from now on; those that watch meet it when they come back. */
const answering =
  (fault: Fault, path = /./) =>
  ({ server, cluster }: Watching) => {
    server.faults.set(fault, { path });
    cluster.watches.drop();
  };
const mend = ({ server }: Watching) => server.faults.clear();

/** Ways for the API server to answer something else than what is so. */
const breaks: readonly [what: string, how: Break][] = [
  [
    "does not know the gateway's token",
    {
      make: ({ cluster, token }) => {
        cluster.access.revoke(token);
        cluster.watches.end();
      },
      heal: ({ accept }) => accept(),
      reason: "UNAUTHORIZED",
    },
  ],
  [
    "forbids the gateway to look",
    {
      make: ({ cluster, token }) => {
        cluster.access.add(token, nobody);
        cluster.watches.end();
      },
      heal: ({ accept }) => accept(),
      reason: "FORBIDDEN",
      requests: 2,
    },
  ],
  [
    "is too busy, and says for how long",
    {
      make: ({ server, cluster }) => {
        const body = failure(429, "TooManyRequests");
        server.faults.set({ mode: "answer", status: 429, headers: { ...json, "Retry-After": "2" }, body });
        cluster.watches.end();
      },
      heal: mend,
      reason: "BUSY",
      requests: 1,
    },
  ],
  [
    "answers 500",
    {
      make: answering({ mode: "answer", status: 500, headers: json, body: failure(500, "InternalError") }),
      heal: mend,
      reason: "UNREACHABLE",
    },
  ],
  [
    "has nothing behind it but a proxy that answers 503",
    {
      make: answering({ mode: "answer", status: 503, body: "no healthy upstream" }),
      heal: mend,
      reason: "UNREACHABLE",
    },
  ],
  [
    "cuts each answer off",
    {
      make: answering({ mode: "drop" }),
      heal: mend,
      reason: "UNREACHABLE",
    },
  ],
  [
    "takes long for each page",
    {
      make: answering({ mode: "slow", ms: 1500 }, /\/(?:pods|deployments|endpointslices)\?(?!.*watch=)/),
      heal: mend,
      requests: 3,
    },
  ],
];

test.each(breaks)(
  "who watches a project is told that what runs may be old while the API server %s, and then what runs",
  (_what, how) => endure(how),
  60_000,
);
