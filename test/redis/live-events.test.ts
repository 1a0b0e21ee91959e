import { Redis } from "ioredis";
import { expect, onTestFinished, test, vi } from "vitest";
import { ProjectChangedDocument, type ProjectChangedSubscription } from "../generated/operations.ts";
import type { Subscribed } from "../support/live-client.ts";
import type { Person } from "../support/sett.ts";
import { startTwo, type TwoGateways } from "./gateways.ts";

type Listener = Subscribed<ProjectChangedSubscription>;

const demos = { producer: "demo" };
const channel = "sett:live:projectChanged:demo/dev";

/** A client of the test's own. */
function clientOf({ redis }: TwoGateways): Redis {
  const client = new Redis(redis.url).on("error", () => undefined);
  onTestFinished(() => client.disconnect());
  return client;
}

async function save(person: Person, name: string) {
  const { codes } = await person.askText(
    `mutation { saveFiles(input: { project: { producer: "demo" }, files: [{ path: "${name}", text: "a" }] }) { deleted } }`,
  );
  expect(codes).toEqual([]);
}

/** Those who listen to what happens to demo's project, one at each gateway, once Redis knows of both. */
async function twoListeners(two: TwoGateways, client: Redis) {
  const listeners = [two.here.as("demo"), two.there.as("al")].map((person) =>
    person.subscribe(ProjectChangedDocument, demos),
  ) as [Listener, Listener];
  await vi.waitFor(async () => expect(await client.pubsub("NUMSUB", channel)).toEqual([channel, 2]), 10_000);
  await two.here.subscriptionsRun(1);
  return listeners;
}

/** The next event that is about a file, whatever comes before it. */
async function nextFile(listener: Listener) {
  for (;;) {
    const { data } = await listener.event();
    const told = data?.projectChanged;
    if (told?.kind === "FILES") return { by: told.by, entities: told.entities };
  }
}

test("two people on two gateways are each told of the other's changes, once and in order", async () => {
  const two = await startTwo();
  const listeners = await twoListeners(two, clientOf(two));
  await save(two.here.as("demo"), "one.txt");
  await save(two.there.as("al"), "two.txt");
  for (const listener of listeners) {
    expect(await nextFile(listener)).toEqual({ by: "customer-demo", entities: ["files/one.txt"] });
    expect(await nextFile(listener)).toEqual({ by: "customer-al", entities: ["files/two.txt"] });
  }
});

test("a gateway listens only to what somebody there listens to", async () => {
  const two = await startTwo();
  const client = clientOf(two);
  const [demo] = await twoListeners(two, client);
  await demo.return();
  await vi.waitFor(async () => expect(await client.pubsub("NUMSUB", channel)).toEqual([channel, 1]), {
    timeout: 10_000,
  });
});

test.each([
  ["no JSON", "{"],
  ["no message of a replica's", JSON.stringify({ news: {} })],
  ["no event", JSON.stringify({ from: "x", news: { kind: "FILES", entities: "all" } })],
  ["of a kind that is not known", JSON.stringify({ from: "x", news: { kind: "EVERYTHING" } })],
])("what is told on a channel and is %s is logged, reaches nobody and harms nobody", async (_what, text) => {
  const two = await startTwo();
  const client = clientOf(two);
  const [demo] = await twoListeners(two, client);
  await client.publish(channel, text);
  await vi.waitFor(
    () =>
      expect(two.here.log.entries).toContainEqual(
        expect.objectContaining({ level: 40, msg: expect.stringContaining("told something") as string }),
      ),
    { timeout: 10_000 },
  );
  await save(two.there.as("al"), "after.txt");
  expect((await demo.event()).data?.projectChanged.entities).toEqual(["files/after.txt"]);
});

test("once Redis is back after an outage all are told that they may have missed something, and see each other again", async () => {
  const two = await startTwo();
  const [demo, al] = await twoListeners(two, clientOf(two));
  await two.redis.stop();
  await vi.waitFor(() => expect(two.here.log.text.join()).toContain("redis is not available"), {
    timeout: 10_000,
  });
  await two.redis.start();
  for (const listener of [demo, al]) {
    await vi.waitFor(
      async () => expect((await listener.event()).data?.projectChanged.kind).toBe("UNHEARD"),
      10_000,
    );
  }
  await vi.waitFor(() => save(two.here.as("demo"), "after.txt"), 10_000);
  for (const listener of [demo, al]) {
    expect(await nextFile(listener)).toEqual({ by: "customer-demo", entities: ["files/after.txt"] });
  }
});

test("a right taken away at one gateway ends the stream at the other at once, however long answers are kept", async () => {
  const two = await startTwo({ PERMISSION_TTL: "1h", VIEWER_TTL: "1h" });
  const [, al] = await twoListeners(two, clientOf(two));
  const asked = () => two.there.as("al").askText('{ project(producer: "demo") { env } }');
  expect((await asked()).codes).toEqual([]);
  const { codes } = await two.here
    .as("demo")
    .askText(
      'mutation { unshareProject(input: { project: { producer: "demo" }, login: "customer-al" }) { project { env } } }',
    );
  expect(codes).toEqual([]);
  expect((await al.event()).codes).toEqual(["NOT_FOUND"]);
  expect((await asked()).codes).toEqual(["NOT_FOUND"]);
});
