import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { openBudget } from "../../src/budget.ts";
import { createJoinedReads } from "../../src/services/http/joined.reads.ts";
import { createKnownAnswers } from "../../src/services/http/known.answers.ts";
import { hang, startAsked, well, type Answering, withStatus } from "./upstream.asking.ts";

const unavailable = { code: "UPSTREAM_UNAVAILABLE" };
const object = z.object({}).loose();

describe("an answer", () => {
  test("that never ends is cut off at the limit, here and at the service", async () => {
    let sent = 0;
    let isOver = false;
    const asked = await startAsked((response) => {
      response.once("close", () => (isOver = true));
      const chunk = Buffer.alloc(64 * 1024, " ");
      const fill = () => {
        do sent += chunk.length;
        while (!response.destroyed && response.write(chunk));
      };
      response.on("drain", fill);
      fill();
    });
    await expect(asked.get()).rejects.toMatchObject(unavailable);
    await vi.waitFor(() => expect(isOver).toBe(true), { timeout: 10_000 });
    // Some was on its way: a hundredth of what a gigabyte would be.
    expect(sent).toBeLessThan(10_000_000);
  });

  test("that is said to be longer than the limit is not waited for", async () => {
    const asked = await startAsked((response) => {
      response.writeHead(200, { "content-length": 500_000_000 }).flushHeaders();
    });
    await expect(asked.get()).rejects.toMatchObject(unavailable);
    await vi.waitFor(() => expect(asked.requests[0]?.socket.destroyed).toBe(true), { timeout: 10_000 });
  });

  test.each<[string, Answering]>([
    [
      "breaks off",
      (response) =>
        void response.writeHead(200, { "content-length": 100 }).write("{", () => response.destroy()),
    ],
    ["is no HTTP", (response) => void response.socket?.end("nonsense\r\n\r\n")],
    [
      "is compressed unasked",
      (response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("{}")),
    ],
  ])("that %s is an outage", async (_what, answering) => {
    const asked = await startAsked(answering);
    await expect(asked.get()).rejects.toMatchObject(unavailable);
  });

  test.each(["", "<html>", "[".repeat(50_000), "{", "null"])(
    "that is no such JSON is an outage: %s",
    async (body) => {
      for (const known of [undefined, createKnownAnswers(1_000_000)]) {
        const asked = await startAsked(
          (response) => void response.writeHead(200, { etag: '"1"' }).end(body),
          {
            ...(known ? { known } : {}),
          },
        );
        const answer = await asked.get();
        expect(() => answer.as(object)).toThrow(expect.objectContaining(unavailable) as Error);
      }
    },
  );
});

describe("a budget", () => {
  test("that is used up lets nothing be asked", async () => {
    const asked = await startAsked(well);
    await expect(asked.get({ budget: openBudget(0) })).rejects.toMatchObject(unavailable);
    expect(asked.requests).toEqual([]);
  });

  test("that ends before an answer comes ends the call at the service, too", async () => {
    const asked = await startAsked(hang);
    await expect(asked.get({ budget: openBudget(500) })).rejects.toMatchObject(unavailable);
    await vi.waitFor(() => expect(asked.requests[0]?.socket.destroyed).toBe(true), { timeout: 10_000 });
  });

  test("that is kept ends nothing, whoever goes", async () => {
    const asked = await startAsked((response) => void wait(60).then(() => response.end("{}")));
    const budget = openBudget(20);
    const answer = asked.get({ budget });
    budget.keep();
    budget.leave();
    await expect(answer).resolves.toMatchObject({ status: 200 });
    await expect(asked.send({ budget })).resolves.toMatchObject({ status: 200 });
  });
});

describe("a read that is under way", () => {
  const held = async () => {
    const release: (() => void)[] = [];
    const asked = await startAsked(
      (response, _request, before) => void release.push(() => response.end(JSON.stringify({ before }))),
      { joined: createJoinedReads() },
    );
    const arrived = (count: number) =>
      vi.waitFor(() => expect(asked.requests).toHaveLength(count), { timeout: 10_000 });
    return { asked, release, arrived };
  };

  test("is shared by all who ask for the same of one producer, and by nobody else", async () => {
    const { asked, release, arrived } = await held();
    const same = Array.from({ length: 5 }, () => asked.get({}, "demo"));
    const others = [asked.get({}, "acme"), asked.get({ path: ["other"] }, "demo"), asked.get()];
    await arrived(4);
    release.forEach((each) => each());
    for (const answer of await Promise.all(same)) expect(answer.as(object)).toEqual({ before: 0 });
    await Promise.all(others);
    expect(asked.requests).toHaveLength(4);
    const later = asked.get({}, "demo");
    await arrived(5);
    release.forEach((each) => each());
    expect((await later).as(object)).toEqual({ before: 4 });
  });

  test("is shared by those only who would take its answer for the same", async () => {
    const asked = await startAsked(withStatus(503), { joined: createJoinedReads() });
    const answers = [asked.get({}, "demo"), asked.get({ understands: [503] }, "demo")];
    const [down, understood] = await Promise.allSettled(answers);
    expect(down).toMatchObject({ status: "rejected", reason: unavailable });
    expect(understood).toMatchObject({ status: "fulfilled", value: { status: 503 } });
  });

  test("goes on for those who still wait when others have gone, and is ended when all have", async () => {
    const { asked, release, arrived } = await held();
    const [one, two] = [openBudget(60_000), openBudget(60_000)];
    const answers = [asked.get({ budget: one }, "demo"), asked.get({ budget: two }, "demo")] as const;
    await arrived(1);
    one.leave();
    await expect(answers[0]).rejects.toMatchObject(unavailable);
    expect(asked.requests[0]?.socket.destroyed).toBe(false);
    release.forEach((each) => each());
    await expect(answers[1]).resolves.toMatchObject({ status: 200 });

    const last = openBudget(60_000);
    const gone = asked.get({ budget: last }, "demo");
    await arrived(2);
    last.leave();
    await expect(gone).rejects.toMatchObject(unavailable);
    await vi.waitFor(() => expect(asked.requests[1]?.socket.destroyed).toBe(true), { timeout: 10_000 });
    const again = asked.get({}, "demo");
    await arrived(3);
    release.forEach((each) => each());
    await expect(again).resolves.toMatchObject({ status: 200 });
  });

  test("is not for who has little time: the others get its answer all the same", async () => {
    const { asked, release, arrived } = await held();
    const hasty = asked.get({ budget: openBudget(20) }, "demo");
    const patient = asked.get({ budget: openBudget(60_000) }, "demo");
    await expect(hasty).rejects.toMatchObject(unavailable);
    await arrived(1);
    release.forEach((each) => each());
    await expect(patient).resolves.toMatchObject({ status: 200 });
    expect(asked.requests).toHaveLength(1);
  });

  test("is not joined by who asks after a write: it may have begun before", async () => {
    const { asked, release, arrived } = await held();
    const before = asked.get({}, "demo");
    await arrived(1);
    const write = asked.send({ path: ["elsewhere"] }, "demo");
    await arrived(2);
    release[1]?.();
    await write;
    const after = asked.get({}, "demo");
    await arrived(3);
    release.forEach((each) => each());
    expect((await before).as(object)).toEqual({ before: 0 });
    expect((await after).as(object)).toEqual({ before: 2 });
  });
});

describe("an answer that is known", () => {
  const tagged: Answering = (response, { headers }) => {
    const etag = '"1"';
    if (headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { etag, "content-type": "application/json" }).end('{"list":[1]}');
  };
  const shape = z.object({ list: z.array(z.number()) });

  test("is asked for only whether it still holds, is checked once, and can be changed by nobody", async () => {
    const asked = await startAsked(tagged, { known: createKnownAnswers(1_000_000) });
    const first = (await asked.get()).as(shape);
    const second = await asked.get();
    expect(second).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
    expect(asked.requests[1]?.headers["if-none-match"]).toBe('"1"');
    expect(second.as(shape)).toBe(first);
    expect(() => first.list.push(2)).toThrow(TypeError);
    expect(
      await asked.measured(
        'sett_upstream_call_seconds_count{upstream="project-api",method="GET",status="304"}',
      ),
    ).toBe(1);
  });

  test("is known of no call with a credential, and of none where nothing may be kept", async () => {
    const asked = await startAsked(tagged, { known: createKnownAnswers(1_000_000) });
    for (let time = 0; time < 2; time += 1) await asked.get({ headers: { authorization: "token one" } });
    const forgetful = await startAsked(tagged, { known: createKnownAnswers(10) });
    for (let time = 0; time < 2; time += 1) await forgetful.get();
    for (const { headers } of [...asked.requests, ...forgetful.requests]) {
      expect(headers["if-none-match"]).toBeUndefined();
    }
  });

  test("gives way to a new one", async () => {
    const asked = await startAsked(tagged, { known: createKnownAnswers(1_000_000) });
    await asked.get();
    asked.answering = (response) => void response.writeHead(200, { etag: '"2"' }).end('{"list":[2]}');
    expect((await asked.get()).as(shape)).toEqual({ list: [2] });
    expect((await asked.get()).as(shape)).toEqual({ list: [2] });
    expect(asked.requests[2]?.headers["if-none-match"]).toBe('"2"');
  });
});
