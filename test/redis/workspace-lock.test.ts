import { once } from "node:events";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { RateLimited } from "../../src/errors.ts";
import { comeAndGo, type Visit } from "../services/workspace-lock.visits.ts";
import { startRedis } from "./redis.server.ts";
import { isSomebodyNext, openReplica, type Replica } from "./replica.ts";
import { runScript } from "./script.process.ts";

const patientMs = 30_000;
/** Short, but longer than a busy machine takes to let somebody in. */
const briefMs = 700;

/** Writes, for no time at all, and notes who did. */
async function writeOnce(name: string, { lock }: Replica, order: string[]): Promise<void> {
  const hold = await lock.write("acme-dev");
  order.push(name);
  await hold.release();
}

test("readers of all replicas are in a workspace together", async () => {
  const { url } = await startRedis();
  const [one, other] = [openReplica(url, briefMs), openReplica(url, briefMs)];
  await one.lock.read("acme-dev");
  await one.lock.read("acme-dev");
  await expect(other.lock.read("acme-dev")).resolves.toBeDefined();
});

test("a writer keeps other replicas out until it has left, and only of its workspace", async () => {
  const { url } = await startRedis();
  const [one, other] = [openReplica(url, briefMs), openReplica(url, briefMs)];
  const writer = await one.lock.write("acme-dev");
  await expect(other.lock.read("acme-dev")).rejects.toBeInstanceOf(RateLimited);
  await expect(other.lock.write("acme-dev")).rejects.toBeInstanceOf(RateLimited);
  await expect(other.lock.write("acme-test")).resolves.toBeDefined();
  await writer.release();
  await expect(other.lock.write("acme-dev")).resolves.toBeDefined();
});

test("somebody who was sent away leaves nothing behind", async () => {
  const { url } = await startRedis();
  const [one, other] = [openReplica(url, briefMs), openReplica(url, briefMs)];
  const reader = await one.lock.read("acme-dev");
  await expect(other.lock.write("acme-dev")).rejects.toBeInstanceOf(RateLimited);
  await expect(other.lock.read("acme-dev")).resolves.toBeDefined();
  await reader.release();
});

test("a writer that waits is let in before a reader of another replica that came later", async () => {
  const { url } = await startRedis();
  const [one, other] = [openReplica(url, patientMs), openReplica(url, patientMs)];
  const reader = await one.lock.read("acme-dev");
  const order: string[] = [];
  const writer = other.lock.write("acme-dev").finally(() => order.push("writer"));
  await vi.waitFor(async () => expect(await isSomebodyNext(one, "acme-dev")).toBe(true), { timeout: 10_000 });
  const late = one.lock.read("acme-dev").finally(() => order.push("late reader"));
  await reader.release();
  await (await writer).release();
  await late;
  expect(order).toEqual(["writer", "late reader"]);
});

test("a replica with many writers lets another one's in after the one that is writing", async () => {
  const { url } = await startRedis();
  const [busy, other] = [openReplica(url, patientMs), openReplica(url, patientMs)];
  const order: string[] = [];
  const writing = await busy.lock.write("acme-dev");
  const crowd = Array.from({ length: 20 }, () => writeOnce("busy", busy, order));
  const single = writeOnce("other", other, order);
  await vi.waitFor(async () => expect(await isSomebodyNext(other, "acme-dev")).toBe(true), {
    timeout: 10_000,
  });
  await writing.release();
  await Promise.all([...crowd, single]);
  expect(order[0]).toBe("other");
});

test("a replica whose many writers take no time at all lets another one's in within a few, each time", async () => {
  const { url } = await startRedis();
  const [busy, other] = [openReplica(url, patientMs), openReplica(url, patientMs)];
  for (const _ of [1, 2, 3, 4, 5]) {
    const reader = await other.lock.read("acme-dev");
    const order: string[] = [];
    const crowd = Array.from({ length: 30 }, () => writeOnce("busy", busy, order));
    await vi.waitFor(async () => expect(await isSomebodyNext(other, "acme-dev")).toBe(true), {
      timeout: 10_000,
    });
    const single = writeOnce("other", other, order);
    await reader.release();
    await single;
    expect(order.length).toBeLessThan(6);
    await Promise.all(crowd);
  }
});

test("a writer is let in though another replica's readers come without end", async () => {
  const { url } = await startRedis();
  const [busy, other] = [openReplica(url, patientMs), openReplica(url, patientMs)];
  let isOver = false;
  const readOn = async () => {
    while (!isOver) await (await busy.lock.read("acme-dev")).release();
  };
  const crowd = Array.from({ length: 20 }, readOn);
  const writer = await other.lock.write("acme-dev");
  isOver = true;
  await writer.release();
  await Promise.all(crowd);
});

test("hundreds come and go at three replicas, and a writer is alone each time", async () => {
  const { url } = await startRedis();
  const replicas = [1, 2, 3].map(() => openReplica(url, patientMs));
  const visits = fc.array(
    fc.record<Visit>({
      workspace: fc.constantFrom("acme-dev", "acme-test"),
      purpose: fc.constantFrom("read", "read", "write"),
      comesAfter: fc.nat(200),
      staysFor: fc.nat(20),
      replica: fc.nat(2),
    }),
    { minLength: 150, maxLength: 200 },
  );
  const locks = replicas.map(({ lock }) => lock);
  await fc.assert(
    fc.asyncProperty(visits, async (people) => {
      const { overlaps, letIn } = await comeAndGo(locks, people);
      expect(overlaps).toEqual([]);
      expect(letIn).toHaveLength(people.length);
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

test("a replica that was killed while writing keeps others out for its lease, and no longer", async () => {
  const { url } = await startRedis();
  const leaseMs = 1500;
  const killed = runScript("holding.process.ts", [url, "acme-dev", String(leaseMs)]);
  await once(killed.stdout, "data");
  const ended = once(killed, "exit");
  killed.kill("SIGKILL");
  await ended;
  const killedAt = performance.now();
  await expect(openReplica(url, briefMs, leaseMs).lock.read("acme-dev")).rejects.toBeInstanceOf(RateLimited);
  await expect(openReplica(url, patientMs, leaseMs).lock.write("acme-dev")).resolves.toBeDefined();
  expect(performance.now() - killedAt).toBeLessThan(2 * leaseMs);
});

test("a replica whose clock is an hour ahead does not write together with another one", async () => {
  const { url } = await startRedis();
  const [one, ahead] = [openReplica(url, patientMs), openReplica(url, briefMs)];
  await one.lock.write("acme-dev");
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
  await expect(ahead.lock.write("acme-dev")).rejects.toBeInstanceOf(RateLimited);
});

test("a place is kept for much longer than a lease", async () => {
  const { url } = await startRedis();
  const [one, other] = [openReplica(url, patientMs, 1500), openReplica(url, 4000, 1500)];
  const writer = await one.lock.write("acme-dev");
  await expect(other.lock.read("acme-dev")).rejects.toBeInstanceOf(RateLimited);
  expect(writer.lost.aborted).toBe(false);
});

test("nothing is left in Redis when everybody has gone", async () => {
  const { url } = await startRedis();
  const { lock, redis } = openReplica(url, briefMs);
  const readers = await Promise.all([lock.read("acme-dev"), lock.read("acme-dev")]);
  expect((await redis.ask((client) => client.keys("*"))).every((key) => key.includes(":sett:lock:"))).toBe(
    true,
  );
  await Promise.all(readers.map(({ release }) => release()));
  expect(await redis.ask((client) => client.dbsize())).toBe(0);
});

test("a lock that closes gives up what it holds", async () => {
  const { url } = await startRedis();
  const [one, other] = [openReplica(url, briefMs), openReplica(url, briefMs)];
  await one.lock.write("acme-dev");
  await one.lock.close();
  await expect(other.lock.write("acme-dev")).resolves.toBeDefined();
});
