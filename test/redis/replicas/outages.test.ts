import { PresenceDocument, ProjectChangedDocument, SaveFilesDocument } from "@sett/client";
import { expect, test, vi } from "vitest";
import { clientOf } from "../../client/clients.ts";
import { personAt, type PersonName } from "../../support/sett.ts";
import { propertyNames } from "../../together/door.ts";
import { graphDoor } from "../../together/graph.door.ts";
import { workTogether } from "../../together/workload.ts";
import { following } from "./following.ts";
import { useStand } from "./shared.stand.ts";
import type { Replica, Stand } from "./stand.ts";

const stand = useStand({ WORKSPACE_WAIT: "1m", PRESENCE_TTL: "2s" });

const demos = { producer: "demo" };
const patiently = { timeout: 30_000, interval: 100 };
const clientAt = ({ url }: Pick<Replica, "url">, person: PersonName) => clientOf({ url }, person);
const doorAt = ({ url }: Pick<Replica, "url">, name: PersonName) =>
  graphDoor(personAt(url, `token ${name}-token`));

/** A client of somebody's whose connections come to one of the replicas for as long as that is there. */
function clientVia(replica: Replica, person: PersonName) {
  stand().balancer.pin(replica);
  return clientOf(stand(), person);
}

const degraded = async ({ url }: Replica) => {
  const response = await fetch(`${url}/readyz`);
  const { degraded: parts } = (await response.json()) as { degraded: readonly string[] };
  return { status: response.status, degraded: parts };
};

async function saveFile(replica: Pick<Replica, "url">, person: PersonName, path: string) {
  const files = [{ path, text: "a" }];
  await clientAt(replica, person).mutate(SaveFilesDocument, { input: { project: demos, files } });
}

test(
  "a replica that is killed takes along nothing that was acknowledged, and whoever was there goes on at the other",
  { timeout: 120_000 },
  async () => {
    const { balancer, replicas } = stand();
    const [dying, lasting] = replicas;
    const al = await following(clientVia(dying, "al"), ProjectChangedDocument, demos);
    // One who does not come back.
    personAt(dying.url, "token zu-token").subscribeText(
      'subscription { presence(producer: "demo") { others } }',
    );
    const demo = await following(clientAt(lasting, "demo"), PresenceDocument, demos);
    const logins = () => demo.events.at(-1)?.presence.people.map(({ login }) => login);
    await vi.waitFor(() => expect(logins()?.toSorted()).toEqual(["customer-demo", "customer-zu"]), patiently);

    const writing = workTogether([doorAt(lasting, "al"), doorAt(dying, "demo")], {
      ...{ writers: 8, readers: 0, rounds: 1 },
    });
    await al.event(({ projectChanged }) => projectChanged.kind === "MODELS");
    balancer.pin(undefined);
    await dying.kill();
    const report = await writing;
    expect(report).toMatchObject({ lost: [], returned: [] });
    // All of the four who wrote at the other: what was locked is free again, however it was left.
    expect(report.acknowledged).toBeGreaterThanOrEqual(4 * 5);
    // What was not acknowledged stays as far as its steps had come, and each of these is done or not.
    const own = (await doorAt(lasting, "demo").see()).models.filter(({ name }) => name.startsWith("Writer"));
    for (const { versions } of own) {
      if (versions.length > 0) expect(versions).toHaveLength(propertyNames.length);
      expect(new Set(versions).size).toBeLessThanOrEqual(1);
    }

    await vi.waitFor(() => expect(logins()).toEqual(["customer-demo"]), patiently);
    await al.state("resumed");
    await saveFile(lasting, "demo", "after-the-kill.txt");
    await al.event(({ projectChanged }) => projectChanged.entities.includes("files/after-the-kill.txt"));
    await dying.start();
    await vi.waitFor(() => expect(balancer.trusts(dying)).toBe(true), patiently);
  },
);

/** What is asked, and what a replica can answer by itself. */
const withoutRedis: readonly (readonly [query: string, codes: readonly string[]])[] = [
  ["{ viewer { login } }", []],
  ['{ repo(owner: "customer-demo", name: "dev") { branches { nodes { name } } } }', []],
  ['{ project(producer: "demo") { pods { kind } status { staleSince } } }', []],
  [
    'mutation { shareProject(input: { project: { producer: "demo" }, login: "customer-zu", level: READ }) { project { env } } }',
    [],
  ],
  ['{ project(producer: "demo") { models { name } } }', ["UPSTREAM_UNAVAILABLE"]],
  ['{ project(producer: "demo") { functions { name } } }', ["UPSTREAM_UNAVAILABLE"]],
  ['{ project(producer: "demo") { presence { login } } }', ["UPSTREAM_UNAVAILABLE"]],
  [
    'mutation { saveFiles(input: { project: { producer: "demo" }, files: [{ path: "refused.txt", text: "a" }] }) { deleted } }',
    ["UPSTREAM_UNAVAILABLE"],
  ],
  [
    'mutation { deployFunction(input: { project: { producer: "demo" }, name: "hello" }) { deployment { id } } }',
    ["UPSTREAM_UNAVAILABLE"],
  ],
];

test.each([
  ["is gone", ({ redis }: Stand) => redis.stop(), ({ redis }: Stand) => redis.start()],
  ["does not answer", async ({ redis }: Stand) => redis.freeze(), async ({ redis }: Stand) => redis.thaw()],
])(
  "while Redis %s each replica does what it can do alone, and refuses the rest; both are as before once it is back",
  async (how, leave, comeBack) => {
    const { replicas } = stand();
    const path = `after-it-${how.replaceAll(" ", "-")}.txt`;
    const listeners = [
      await following(clientAt(replicas[0], "demo"), ProjectChangedDocument, demos),
      await following(clientAt(replicas[1], "al"), ProjectChangedDocument, demos),
    ];
    await leave(stand());
    try {
      for (const replica of replicas) {
        await vi.waitFor(async () => {
          expect(await degraded(replica)).toEqual({ status: 200, degraded: ["redis"] });
        }, patiently);
      }
      const asked = replicas.flatMap(({ url }) =>
        withoutRedis.map(async ([query, codes]) => {
          const answer = await personAt(url, "token demo-token").askText(query);
          expect({ query, codes: answer.codes }).toEqual({ query, codes });
        }),
      );
      await Promise.all(asked);
    } finally {
      await comeBack(stand());
    }
    for (const replica of replicas) {
      await vi.waitFor(
        async () => expect(await degraded(replica)).toEqual({ status: 200, degraded: [] }),
        patiently,
      );
    }
    for (const each of listeners) {
      await each.event(({ projectChanged }) => projectChanged.kind === "UNHEARD");
      expect(each.states).toEqual(["connecting", "open"]);
    }
    // They hear each other again.
    await vi.waitFor(() => saveFile(replicas[0], "demo", path), patiently);
    for (const each of listeners) {
      await each.event(({ projectChanged }) => projectChanged.entities.includes(`files/${path}`));
    }
  },
);
