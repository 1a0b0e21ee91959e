import { expect, onTestFinished, test } from "vitest";
import recorded from "./kubernetes.recorded.json" with { type: "json" };
import { startStandIn, type Exchange } from "./kubernetes.stand-in.ts";
import { begin, watchOf } from "./kubernetes.watching.ts";

/** Answers the first exchange that fits in another way, and leaves the rest to the stand-in. */
function once(fits: (exchange: Exchange) => boolean, how: (exchange: Exchange) => void) {
  let isDone = false;
  return (exchange: Exchange) => {
    if (isDone || !fits(exchange)) return false;
    isDone = true;
    how(exchange);
    return true;
  };
}

/** Begins a watch that says the given bytes, each in a write of its own, and then ends or goes on. */
const saying =
  (pieces: readonly (string | Buffer)[], ends = true) =>
  ({ response }: Exchange) => {
    response.writeHead(200, { "content-type": "application/json" });
    for (const piece of pieces) response.write(piece);
    if (ends) response.end();
  };

const isWatch = ({ isWatch: is }: Exchange) => is;
const eventOf = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`;
const thing = (value: number) => ({
  metadata: { uid: "uid-new", name: "new", resourceVersion: "999", labels: { producer: "demo" } },
  value,
});

/** What is there already when a test begins. */
const there = {
  metadata: { uid: "uid-5", name: "e", resourceVersion: "105", labels: { producer: "demo" } },
  value: 1,
};

test("everything is listed in pages, then watched from there, with bookmarks and an end that is asked for", async () => {
  const { cluster, index } = await begin();
  expect(index.size()).toBe(5);
  expect(cluster.lists().map(({ url }) => url.searchParams.get("limit"))).toEqual(["2", "2", "2"]);
  const asked = Object.fromEntries(cluster.watches()[0]?.url.searchParams ?? []);
  expect(asked).toEqual({
    watch: "true",
    allowWatchBookmarks: "true",
    labelSelector: "producer",
    resourceVersion: "105",
    timeoutSeconds: "1",
  });
});

test("what is added, changed and removed is known at once, and nothing is listed again for it", async () => {
  const { cluster, untilRight, states } = await begin();
  cluster.put("f", 1);
  cluster.put("a", 2);
  cluster.remove("b");
  await untilRight();
  expect(cluster.lists()).toHaveLength(3);
  expect(states.map(({ phase }) => phase)).toEqual(["live"]);
});

test("a watch that ends as asked goes on from its last version, bookmarks included, and stays live", async () => {
  const { cluster, until, states } = await begin();
  cluster.put("elsewhere", 1);
  cluster.remove("elsewhere");
  cluster.bookmark();
  await until(() => cluster.watches().length === 2);
  expect(cluster.watches()[1]?.url.searchParams.get("resourceVersion")).toBe("107");
  expect(cluster.lists()).toHaveLength(3);
  expect(states.map(({ phase }) => phase)).toEqual(["live"]);
});

test("objects replaced under their name while nobody watched are a removal and an addition", async () => {
  const { cluster, index, until, untilRight } = await begin();
  const changes: string[] = [];
  index.listen("demo", (all) => changes.push(...all.map(({ kind, item }) => `${kind} ${item.uid}`)));
  cluster.answerInstead(isWatch);
  cluster.drop();
  cluster.remove("a");
  cluster.put("a", 1);
  cluster.compact();
  await until(() => cluster.watches().length > 1);
  cluster.answerInstead(() => false);
  await untilRight();
  expect(changes).toEqual(["REMOVED uid-1", "ADDED uid-6"]);
});

test("a connection that breaks is told as stale at once, and healed with everything that was missed", async () => {
  const { cluster, states, index, untilRight, untilPhase } = await begin();
  const before = Date.now();
  cluster.drop();
  await untilPhase("stale");
  cluster.remove("a");
  cluster.put("z", 3);
  await untilRight();
  expect(states.map(({ phase }) => phase)).toEqual(["live", "stale", "live"]);
  const stale = states[1];
  if (stale?.phase !== "stale") throw new Error("not stale");
  expect(stale.reason).toBe("UNREACHABLE");
  expect(stale.staleSince.getTime()).toBeLessThanOrEqual(before + 100);
  expect(index.of("demo").map(({ name }) => name)).not.toContain("a");
});

test("a version that is gone while watching is the recorded event: everything is listed again, and deletes are noticed", async () => {
  const { cluster, states, untilRight, until } = await begin();
  cluster.answerInstead(once(isWatch, saying([eventOf("ERROR", recorded.expired.object)])));
  cluster.end();
  await until(() => cluster.watches().length >= 2);
  cluster.remove("c");
  await untilRight();
  expect(cluster.lists().length).toBeGreaterThanOrEqual(5);
  expect(states).toContainEqual(expect.objectContaining({ phase: "stale", reason: "EXPIRED" }));
});

test("a list whose next page has expired is begun anew", async () => {
  const cluster = await startStandIn();
  onTestFinished(cluster.close);
  for (const name of ["a", "b", "c"]) cluster.put(name, 1);
  const { status, body } = recorded.continueExpired;
  cluster.answerInstead(
    once(
      ({ url }) => url.searchParams.has("continue"),
      ({ response }) => {
        cluster.remove("a");
        cluster.compact();
        cluster.answer(response, status, body);
      },
    ),
  );
  const { watch, known, untilRight } = watchOf(cluster);
  watch.start();
  await untilRight();
  expect(Object.keys(known())).toEqual(["uid-2", "uid-3"]);
});

const spoilt: readonly [what: string, pieces: readonly (string | Buffer)[]][] = [
  ["an error that is not about versions", [eventOf("ERROR", { code: 500, reason: "InternalError" })]],
  ["an error with no code", [eventOf("ERROR", {})]],
  ["garbage", ["<html>\n"]],
  ["half a line before its end", ['{"type":"ADDED","obj']],
  ["an object without an identity", [eventOf("ADDED", { metadata: { resourceVersion: "7" } })]],
  ["an event of an unknown type", [eventOf("SHAKEN", thing(1))]],
  ["an event of huge size", [eventOf("ADDED", { ...thing(1), padding: "x".repeat(5000) })]],
];

test.each(spoilt)("after %s in a watch everything is listed again", async (_what, pieces) => {
  const { cluster, states, untilRight, untilPhase, known } = await begin({ eventBytesLimit: 4096 });
  cluster.answerInstead(once(isWatch, saying(pieces)));
  cluster.end();
  await untilPhase("stale");
  cluster.put("a", 7);
  await untilRight();
  expect(states.at(-1)).toEqual({ phase: "live" });
  expect(known()).not.toHaveProperty("uid-new");
});

test("lines are put together wherever they were cut, in the middle of a letter too", async () => {
  const { cluster, until, index } = await begin();
  const line = Buffer.from(
    eventOf("ADDED", { ...thing(1), metadata: { ...thing(1).metadata, name: "größe-🦡" } }),
  );
  const both = Buffer.concat([line, Buffer.from(`\n${eventOf("MODIFIED", thing(2))}`)]);
  const pieces = Array.from(both, (_byte, at) => both.subarray(at, at + 1));
  const names: string[] = [];
  index.listenToAll((changes) => names.push(...changes.map(({ item }) => item.name)));
  cluster.answerInstead(once(isWatch, saying(pieces, false)));
  cluster.end();
  await until(() => names.length === 2);
  expect(names).toEqual(["größe-🦡", "new"]);
});

test("a server that falls silent counts as dead soon after the end that was asked for, and stale since it was last heard", async () => {
  const { cluster, states, untilPhase, untilRight } = await begin();
  cluster.state.isFrozen = true;
  const frozenAt = Date.now();
  await untilPhase("stale");
  const stale = states.at(-1);
  if (stale?.phase !== "stale") throw new Error("not stale");
  expect(stale.staleSince.getTime()).toBeLessThanOrEqual(frozenAt);
  expect(Date.now() - frozenAt).toBeLessThan(2500);
  cluster.put("a", 9);
  cluster.state.isFrozen = false;
  await untilRight();
});

test("a server whose versions went backwards is found out by listing everything now and then", async () => {
  const { cluster, untilRight } = await begin({ reconcileMs: 200 });
  cluster.rewind();
  cluster.remove("a");
  cluster.put("b", 5);
  await untilRight();
});

test("a server that is busy is left alone for as long as it asks", async () => {
  const cluster = await startStandIn();
  onTestFinished(cluster.close);
  cluster.answerInstead(
    once(
      () => true,
      ({ response }) => cluster.answer(response, 429, { reason: "TooManyRequests" }, { "retry-after": "1" }),
    ),
  );
  const { watch, states, until, untilRight } = watchOf(cluster);
  const began = performance.now();
  watch.start();
  await until(() => cluster.requests.length === 2);
  expect(performance.now() - began).toBeGreaterThanOrEqual(990);
  await untilRight();
  expect(states[0]).toMatchObject({ phase: "stale", reason: "BUSY" });
});

test("a watch that a busy server puts off goes on from where it was, without a list", async () => {
  const { cluster, untilPhase, untilRight } = await begin();
  cluster.answerInstead(
    once(isWatch, ({ response }) => cluster.answer(response, 429, {}, { "retry-after": "0.02" })),
  );
  cluster.end();
  await untilPhase("stale");
  cluster.put("a", 4);
  await untilRight();
  expect(cluster.lists()).toHaveLength(3);
});

test("a watch that goes on after it was put off is believed only once what was missed has been told", async () => {
  const { cluster, until, untilPhase, untilRight, watch, known } = await begin({ settledMs: 400 });
  let puts = 0;
  cluster.answerInstead((exchange) => {
    if (!exchange.isWatch) return false;
    const { response } = exchange;
    puts += 1;
    if (puts === 1) cluster.answer(response, 429, {}, { "retry-after": "0.02" });
    else {
      response.writeHead(200, { "content-type": "application/json" });
      response.flushHeaders();
      const object = { metadata: { uid: "uid-1", resourceVersion: "106" } };
      setTimeout(() => response.write(eventOf("DELETED", object)), 5);
    }
    return puts <= 2;
  });
  // The first watch ends as it was asked to, so nothing else has failed.
  await untilPhase("stale");
  const knownWhenLive: string[][] = [];
  watch.listen(({ phase }) => {
    if (phase === "live") knownWhenLive.push(Object.keys(known()));
  });
  cluster.remove("a");
  await until(() => knownWhenLive.length > 0);
  expect(knownWhenLive[0]).not.toContain("uid-1");
  cluster.answerInstead(() => false);
  await untilRight();
});

test("a list that took its time is believed only once what happened meanwhile has been told", async () => {
  const cluster = await startStandIn();
  onTestFinished(cluster.close);
  const { watch, until, known } = watchOf(cluster, { settledMs: 300, pageTimeoutMs: 5000 });
  cluster.answerInstead(({ isWatch: is, response }) => {
    if (is) {
      response.writeHead(200, { "content-type": "application/json" });
      response.flushHeaders();
      const object = { metadata: { ...there.metadata, resourceVersion: "106" } };
      setTimeout(() => response.write(eventOf("DELETED", object)), 5);
    } else {
      const body = { metadata: { resourceVersion: "105" }, items: [there] };
      setTimeout(() => cluster.answer(response, 200, body), 350);
    }
    return true;
  });
  const knownWhenLive: object[] = [];
  watch.listen(({ phase }) => {
    if (phase === "live") knownWhenLive.push(known());
  });
  watch.start();
  await until(() => knownWhenLive.length > 0);
  expect(knownWhenLive).toEqual([{}]);
});

test("a watch that is asked to last no longer than it takes to be believed is believed when it ends", async () => {
  const { cluster, until, states } = await begin({ watchSeconds: 1, settledMs: 60_000 });
  await until(() => cluster.watches().length === 4);
  expect(states).toEqual([{ phase: "live" }]);
  expect(cluster.lists()).toHaveLength(3);
});

test("what may not be watched is told as forbidden and asked for slowly, and watched once it may be", async () => {
  const cluster = await startStandIn();
  onTestFinished(cluster.close);
  const { status, body } = recorded.forbidden;
  cluster.answerInstead(({ response }) => {
    cluster.answer(response, status, body);
    return true;
  });
  const { watch, states, until, untilRight } = watchOf(cluster, { forbiddenDelayMs: 300 });
  const began = performance.now();
  watch.start();
  await until(() => cluster.requests.length === 3);
  expect(performance.now() - began).toBeGreaterThanOrEqual(590);
  expect(states).toMatchObject([{ phase: "forbidden", reason: "FORBIDDEN" }]);
  cluster.answerInstead(() => false);
  cluster.put("a", 1);
  await untilRight();
});

const dead: readonly [what: string, how: (exchange: Exchange) => void][] = [
  ["is gone", ({ request }) => request.socket.destroy()],
  ["answers nothing but 503", ({ response }) => void response.writeHead(503).end()],
  ["has every watch end at once", saying([])],
  ["calls every version gone", saying([eventOf("ERROR", { code: 410, reason: "Expired" })])],
  ["says one thing and ends", saying([eventOf("MODIFIED", there)])],
];

test.each(dead)(
  "a server that %s is asked more and more seldom, and what is known is told as stale",
  async (_what, how) => {
    const patience = { firstDelayMs: 10, longestDelayMs: 320 };
    const { cluster, until, untilPhase, untilRight, watch } = await begin(patience);
    const before = cluster.watches().length;
    cluster.answerInstead((exchange) => {
      if (!exchange.isWatch && how !== dead[0]?.[1] && how !== dead[1]?.[1]) return false;
      how(exchange);
      return true;
    });
    cluster.end();
    await untilPhase("stale");
    const rounds = () => Math.max(cluster.watches().length - before, cluster.lists().length - 3);
    const began = performance.now();
    const from = rounds();
    await until(() => performance.now() - began >= 600 && rounds() > from);
    // At least 5, 10, 20, 40, 80, 160 and 160 ms lie between two rounds; a list has three pages.
    expect(rounds() - from).toBeLessThanOrEqual(8 * 3);
    expect(watch.state().phase).toBe("stale");
    cluster.answerInstead(() => false);
    await untilRight();
  },
);

test("more objects than may be kept are not kept: it is told, and asked for slowly", async () => {
  const { cluster, untilPhase, states } = await begin({ objectLimit: 6 });
  cluster.put("f", 1);
  cluster.put("g", 1);
  await untilPhase("stale");
  expect(states.at(-1)).toMatchObject({ reason: "TOO_MANY" });
});

test("a listener that throws does no harm to the watch or to other listeners", async () => {
  const { cluster, index, watch, thrown, untilRight, untilPhase } = await begin();
  index.listen("demo", () => {
    throw new Error("a listener's own fault");
  });
  watch.listen(() => {
    throw new Error("a listener's own fault");
  });
  cluster.put("a", 2);
  await untilRight();
  cluster.drop();
  await untilPhase("stale");
  await untilRight();
  expect(thrown).toHaveLength(1);
});

test("it begins once, and ends in every phase without another request or a change of state", async () => {
  const phases = [
    { what: "a page", fits: () => true },
    { what: "a watch's beginning", fits: isWatch },
    { what: "a pause", fits: () => false },
  ];
  for (const { what, fits } of phases) {
    const cluster = await startStandIn();
    onTestFinished(cluster.close);
    // Held open, or refused so that it pauses.
    cluster.answerInstead((exchange) => {
      if (what === "a pause") exchange.request.socket.destroy();
      return what === "a pause" || fits(exchange);
    });
    const { watch, states, until, stop } = watchOf(cluster, { pageTimeoutMs: 60_000, firstDelayMs: 60_000 });
    watch.start();
    watch.start();
    await until(() => (what === "a pause" ? states.length > 0 : cluster.requests.some(fits)));
    const before = [cluster.requests.length, states.length];
    await stop();
    watch.start();
    expect([cluster.requests.length, states.length], what).toEqual(before);
  }
});
