import { expect, test } from "vitest";
import { openEventStream } from "../support/event-stream.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type Sett } from "../support/sett.ts";

const query = 'subscription { projectChanged(producer: "demo") { kind } }';
const subscribe = (id: string) => ({ id, type: "subscribe", payload: { query } });
const demo = { authorization: "token demo-token" };

async function beginAs(sett: Sett, name: string) {
  const socket = await openSocket(sett.url);
  await socket.begin(`token ${name}-token`);
  return socket;
}

const rateLimited = { extensions: { code: "RATE_LIMITED", retryAfterMs: 1000 } };

async function refusedStream(sett: Sett, headers: Record<string, string>) {
  const { event } = await openEventStream(sett.url, { query }, headers);
  return JSON.parse((await event())?.data ?? "") as unknown;
}

test("one person runs as many operations as the limit, over sockets and streams together; others are not concerned", async () => {
  const sett = await startSett({ env: { SUBSCRIPTION_LIMIT_PER_VIEWER: "3" } });
  const [one, other] = [await beginAs(sett, "demo"), await beginAs(sett, "demo")];
  one.say(subscribe("1"));
  other.say(subscribe("1"));
  const stream = await openEventStream(sett.url, { query }, demo);
  await sett.subscriptionsRun(3);

  one.say(subscribe("2"));
  expect(await one.hear()).toMatchObject({ id: "2", type: "error", payload: [rateLimited] });
  expect(await refusedStream(sett, demo)).toMatchObject({ errors: [rateLimited] });
  const al = await beginAs(sett, "al");
  al.say(subscribe("1"));
  await sett.subscriptionsRun(4);

  stream.leave();
  await sett.subscriptionsRun(3);
  one.say(subscribe("2"));
  await sett.subscriptionsRun(4);
  one.socket.terminate();
  await sett.subscriptionsRun(2);
});

test("what is answered at once, refused or left makes room again", async () => {
  const sett = await startSett({ env: { SUBSCRIPTION_LIMIT_PER_VIEWER: "1" } });
  const { say, hear } = await beginAs(sett, "demo");
  for (const asked of ["{ viewer { login } }", "{ nothing }", query.replace("demo", "nosuch")]) {
    for (const id of ["1", "2"]) {
      say({ id, type: "subscribe", payload: { query: asked } });
      const first = await hear();
      if (first.type === "next") await hear();
      expect(JSON.stringify(first)).not.toContain("RATE_LIMITED");
    }
  }
  for (const id of ["3", "4"]) {
    say(subscribe(id));
    await sett.subscriptionsRun(1);
    say({ id, type: "complete" });
    await sett.subscriptionsRun(0);
  }
});

test("the process runs as many operations as the limit", async () => {
  const sett = await startSett({ env: { SUBSCRIPTION_LIMIT_TOTAL: "2" } });
  const [one, other] = [await beginAs(sett, "demo"), await beginAs(sett, "al")];
  one.say(subscribe("1"));
  other.say(subscribe("1"));
  await sett.subscriptionsRun(2);
  one.say(subscribe("2"));
  expect(await one.hear()).toMatchObject({ id: "2", type: "error", payload: [rateLimited] });
  expect(await refusedStream(sett, { authorization: "token zu-token" })).toMatchObject({
    errors: [rateLimited],
  });
  other.socket.terminate();
  await sett.subscriptionsRun(1);
  one.say(subscribe("2"));
  await sett.subscriptionsRun(2);
});
