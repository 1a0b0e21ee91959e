import { createHmac } from "node:crypto";
import { Redis } from "ioredis";
import { expect, onTestFinished, test, vi } from "vitest";
import { ProjectPushesDocument, SaveFileDocument } from "../generated/operations.ts";
import { startTwo, type TwoGateways } from "./gateways.ts";

const secret = "a-secret-of-the-hooks";
const demos = { producer: "demo" };
const channels = ["sett:live:pushHeard:demo", "sett:live:projectChanged:demo/dev"];

/** One who listens at each gateway, once Redis knows of both. */
async function listeners({ redis, here, there }: TwoGateways) {
  const client = new Redis(redis.url).on("error", () => undefined);
  onTestFinished(() => client.disconnect());
  const both = [here.as("demo"), there.as("al")].map((person) =>
    person.subscribe(ProjectPushesDocument, demos),
  );
  await vi.waitFor(async () => {
    expect(await client.pubsub("NUMSUB", ...channels)).toEqual(channels.flatMap((channel) => [channel, 2]));
  }, 10_000);
  await here.subscriptionsRun(1);
  return both;
}

/** Calls the webhook of one of the gateways, as Gitea does. */
async function hook(url: string, after: string) {
  const body = JSON.stringify({
    ref: "refs/heads/master",
    before: "0".repeat(40),
    after,
    commits: [],
    repository: { name: "dev", owner: { login: "customer-demo" } },
    pusher: { login: "customer-al" },
  });
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const headers = {
    "content-type": "application/json",
    "x-gitea-event": "push",
    "x-gitea-signature": signature,
  };
  expect((await fetch(`${url}/webhooks/gitea`, { method: "POST", headers, body })).status).toBe(204);
}

test("a push that one gateway is told of reaches the people of both, once, however often it is told", async () => {
  const two = await startTwo({ GITEA_WEBHOOK_SECRET: secret });
  const both = await listeners(two);
  for (const name of ["first", "second"]) {
    const { id } = two.here.sandbox.gitea.platform.push("customer-demo", "dev", {
      commits: [{ message: "-", files: { [`${name}.txt`]: "x" } }],
    });
    await hook(two.there.gateway.url, id);
    await hook(two.here.gateway.url, id);
    for (const each of both) {
      expect((await each.event()).data?.projectChanged).toMatchObject({
        kind: "PUSH",
        by: "customer-al",
        commit: id,
        entities: [`files/${name}.txt`],
      });
    }
  }
});

test("a file that is saved at one gateway is told at both, once", async () => {
  const two = await startTwo();
  const both = await listeners(two);
  for (const path of ["first.txt", "second.txt"]) {
    const input = { repo: { owner: "customer-demo", name: "dev" }, path, content: "x" };
    expect((await two.there.as("al").ask(SaveFileDocument, { input })).codes).toEqual([]);
    for (const each of both) {
      expect((await each.event()).data?.projectChanged).toMatchObject({
        kind: "PUSH",
        by: "customer-al",
        entities: [`files/${path}`],
      });
    }
  }
});
