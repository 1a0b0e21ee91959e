import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { RateLimited } from "../../src/errors.ts";
import { createLocalLock } from "../../src/services/workspace/lock/local.lock.ts";
import type { Hold } from "../../src/services/workspace/lock/workspace.lock.ts";
import { comeAndGo, type Visit } from "./workspace-lock.visits.ts";

const patientMs = 10_000;
const briefMs = 20;

function openLock(waitMs: number) {
  const lock = createLocalLock({ waitMs });
  onTestFinished(() => lock.close());
  return lock;
}

/** Notes the order in which places are given, without taking part in it. */
function noteOrder(places: Readonly<Record<string, Promise<Hold>>>): string[] {
  const order: string[] = [];
  for (const [name, place] of Object.entries(places)) {
    place.then(
      () => order.push(name),
      () => order.push(`${name} sent away`),
    );
  }
  return order;
}

const release = async (place: Promise<Hold>) => (await place).release();

test("readers of a workspace are in it together", async () => {
  const lock = openLock(patientMs);
  const readers = await Promise.all(Array.from({ length: 50 }, () => lock.read("acme-dev")));
  expect(readers).toHaveLength(50);
});

test("a writer waits until every reader has left", async () => {
  const lock = openLock(patientMs);
  const [first, second] = [lock.read("acme-dev"), lock.read("acme-dev")];
  const writer = lock.write("acme-dev");
  const order = noteOrder({ first, second, writer });
  await release(first);
  await second;
  expect(order).toEqual(["first", "second"]);
  await release(second);
  await writer;
  expect(order).toEqual(["first", "second", "writer"]);
});

test("whoever comes after a waiting writer waits for it, readers too, so that a writer never starves", async () => {
  const lock = openLock(patientMs);
  const [reader, writer, late] = [lock.read("acme-dev"), lock.write("acme-dev"), lock.read("acme-dev")];
  const order = noteOrder({ reader, writer, late });
  await release(reader);
  await release(writer);
  await late;
  expect(order).toEqual(["reader", "writer", "late"]);
});

test("workspaces do not wait for each other", async () => {
  const lock = openLock(briefMs);
  await lock.write("acme-dev");
  await expect(lock.write("acme-test")).resolves.toBeDefined();
  await expect(lock.write("umbrella-dev")).resolves.toBeDefined();
});

test("whoever waited as long as anybody may is sent away with RATE_LIMITED and told what is going on", async () => {
  const lock = openLock(briefMs);
  await lock.write("acme-dev");
  const sentAway: unknown = await lock.read("acme-dev").catch((error: unknown) => error);
  expect(sentAway).toBeInstanceOf(RateLimited);
  expect(sentAway).toMatchObject({
    message: "Others are working on this project just now; try again in a moment.",
    extensions: { code: "RATE_LIMITED", retryAfterMs: 1000 },
  });
});

test("a writer that was sent away no longer keeps the readers behind it out", async () => {
  const lock = openLock(briefMs);
  await lock.read("acme-dev");
  const [writer, reader] = [lock.write("acme-dev"), lock.read("acme-dev")];
  const order = noteOrder({ writer, reader });
  await reader;
  expect(order).toEqual(["writer sent away", "reader"]);
});

test("those behind somebody who was sent away keep their order", async () => {
  const lock = openLock(briefMs);
  const holder = await lock.write("acme-dev");
  const impatient = lock.write("acme-dev");
  const [reader, writer, late] = [lock.read("acme-dev"), lock.write("acme-dev"), lock.read("acme-dev")];
  const order = noteOrder({ impatient, reader, writer, late });
  await impatient.catch(() => holder.release());
  await release(reader);
  await release(writer);
  await release(late);
  expect(order).toEqual(["impatient sent away", "reader", "writer", "late"]);
});

test("somebody who was sent away takes no place later", async () => {
  const lock = openLock(briefMs);
  const holder = await lock.write("acme-dev");
  await Promise.allSettled([lock.write("acme-dev"), lock.read("acme-dev"), lock.write("acme-dev")]);
  await holder.release();
  await expect(lock.write("acme-dev")).resolves.toBeDefined();
});

test("giving a place up twice frees one place only", async () => {
  const lock = openLock(briefMs);
  const [first] = [await lock.read("acme-dev"), await lock.read("acme-dev")];
  await first.release();
  await first.release();
  await expect(lock.write("acme-dev")).rejects.toBeInstanceOf(RateLimited);
});

test("a place in this process is never lost", async () => {
  const place = await openLock(patientMs).write("acme-dev");
  await place.release();
  expect(place.lost.aborted).toBe(false);
});

test("a lock that closes sends away whoever waits, and whoever comes", async () => {
  const lock = openLock(patientMs);
  await lock.write("acme-dev");
  const waiting = lock.write("acme-dev");
  await Promise.all([expect(waiting).rejects.toBeInstanceOf(RateLimited), lock.close()]);
  await expect(lock.read("umbrella-dev")).rejects.toBeInstanceOf(RateLimited);
});

const visits = fc.array(
  fc.record<Visit>({
    workspace: fc.constantFrom("acme-dev", "acme-test"),
    purpose: fc.constantFrom("read", "write"),
    comesAfter: fc.nat(8),
    staysFor: fc.nat(4),
    replica: fc.constant(0),
  }),
  { maxLength: 40 },
);

test("whoever comes and goes, a writer is alone, and everybody is let in in the order in which they asked", async () => {
  await fc.assert(
    fc.asyncProperty(visits, async (people) => {
      const lock = createLocalLock({ waitMs: patientMs });
      const { overlaps, asked, letIn } = await comeAndGo([lock], people);
      expect(overlaps).toEqual([]);
      for (const workspace of ["acme-dev", "acme-test"]) {
        const isHere = (visit: Visit) => visit.workspace === workspace;
        expect(letIn.filter(isHere)).toEqual(asked.filter(isHere));
      }
    }),
  );
});
