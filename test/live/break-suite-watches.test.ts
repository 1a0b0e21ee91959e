import { test } from "vitest";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { endure, upset, type Break, type Watching } from "./cluster.breaks.ts";

/** Ways for watches to go wrong while lists are right. */
const breaks: readonly [what: string, how: Break][] = [
  [
    "ends each watch at once",
    {
      make: ({ cluster }) => {
        cluster.watches.endsAtOnce = true;
        cluster.watches.end();
      },
      heal: ({ cluster }) => {
        cluster.watches.endsAtOnce = false;
      },
    },
  ],
  [
    "calls every version gone",
    {
      make: ({ cluster }) => {
        cluster.watches.expiresAtOnce = true;
        cluster.watches.expire();
      },
      heal: ({ cluster }) => {
        cluster.watches.expiresAtOnce = false;
      },
      reason: "EXPIRED",
    },
  ],
  [
    "says garbage in each watch",
    {
      make: ({ cluster }) => {
        cluster.watches.saysAtOnce = "<html>\n";
        cluster.watches.write("<html>\n");
      },
      heal: ({ cluster }) => {
        cluster.watches.saysAtOnce = "";
      },
    },
  ],
];

test.each(breaks)(
  "who watches a project is told that what runs may be old while the API server %s, and then what runs",
  (_what, how) => endure(how),
  60_000,
);

/** What takes a pod away and goes wrong in the same moment. */
const losing =
  (goWrong: (watching: Watching) => void) =>
  (watching: Watching): string => {
    const { cluster, nameOf } = watching;
    const gone = nameOf("workspace-demo-dev");
    goWrong(watching);
    cluster.remove(pods, gone);
    return gone;
  };

const moments: readonly [what: string, make: Parameters<typeof upset>[0]][] = [
  // They stay open and say nothing, while everything that is asked is answered: only the end that does not come tells.
  ["its watches fall silent", losing(({ cluster }) => cluster.watches.stall())],
  ["its connections are cut", losing(({ cluster }) => cluster.watches.drop())],
  ["its watches end", losing(({ cluster }) => cluster.watches.end())],
  ["its versions expire under open watches", losing(({ cluster }) => cluster.watches.expire())],
  ["it says garbage once", losing(({ cluster }) => cluster.watches.write("<html>\n"))],
  [
    "it says half a line and is gone",
    losing(({ cluster }) => {
      cluster.watches.write('{"type":"DELETED","object":{');
      cluster.watches.drop();
    }),
  ],
  [
    "it is started anew with its history compacted",
    losing(({ cluster }) => {
      cluster.compact();
      cluster.restart();
    }),
  ],
  [
    "it is put back from a backup, so that its versions go backwards",
    async ({ cluster, nameOf, untilRight }) => {
      const { version } = cluster.store;
      cluster.remove(pods, nameOf("workspace-demo-dev"));
      await untilRight();
      const unmade = nameOf("workspace-demo-dev");
      cluster.rewind(version);
      return unmade;
    },
  ],
];

test.each(moments)(
  "a pod that goes while the API server is upset (%s) is not shown as running again",
  (_what, make) => upset(make),
  60_000,
);
