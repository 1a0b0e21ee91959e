import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { cluster, eachTestHasAnApi } from "../sandbox/kubernetes.harness.ts";
import { follow, openLogs, readAll, runningPod } from "./pod-logs.following.ts";

eachTestHasAnApi();

type Step =
  | { readonly what: "write"; readonly lines: number; readonly clock: "runs" | "stands" | "goes back" }
  | { readonly what: "cut"; readonly part: boolean }
  | { readonly what: "end" | "crash" | "away" | "back" | "reconnect" | "look" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant("write" as const),
      lines: fc.integer({ min: 1, max: 6 }),
      clock: fc.constantFrom("runs" as const, "stands" as const, "goes back" as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("cut" as const), part: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constantFrom(
        "end" as const,
        "crash" as const,
        "away" as const,
        "back" as const,
        "reconnect" as const,
        "look" as const,
      ),
    }),
  },
);

const patient = { timeout: 5_000, interval: 2 };

/** What a node's clock shows when it stands, or was put back within its second; not beyond the last start, though. */
function setClock(how: "runs" | "stands" | "goes back", startedAtMs: number): void {
  const now = Date.now();
  const shown = { runs: undefined, stands: now, "goes back": Math.max(now - (now % 1000), startedAtMs) }[how];
  cluster.logs.clock =
    shown === undefined ? undefined : `${new Date(shown).toISOString().slice(0, 23)}000001Z`;
}

let made = 0;

async function play(opened: Awaited<ReturnType<typeof openLogs>>, steps: readonly Step[]): Promise<void> {
  made += 1;
  const name = `pod-${made}`;
  const grant = runningPod(name);
  const written: string[] = [];
  let ended = 0;
  let startedAtMs = 0;
  let after: string | undefined;
  const staying = readAll(await follow(opened, grant));
  const told: string[] = [];
  let queue = await follow(opened, grant);
  let coming = readAll(queue);
  await vi.waitFor(() => expect(staying.chunks).not.toEqual([]), patient);
  const all = () => [...told, ...coming.texts];

  for (const each of steps) {
    switch (each.what) {
      case "write":
        setClock(each.clock, startedAtMs);
        for (let line = 0; line < each.lines; line += 1) {
          written.push(`line ${written.length}`);
          cluster.write(name, written.at(-1) ?? "");
        }
        cluster.logs.clock = undefined;
        break;
      case "cut":
        cluster.logs.drop(each.part ? `${new Date().toISOString().slice(0, 23)}000000Z line 1` : "");
        break;
      case "end":
        cluster.logs.end();
        break;
      case "crash": {
        // What the run before the last one wrote is gone from the cluster, whoever has read it.
        const before = ended;
        cluster.logs.isReachable = true;
        await vi.waitFor(() => expect(staying.texts.length).toBeGreaterThanOrEqual(before), patient);
        ended = written.length;
        cluster.crash(name);
        cluster.recover(name);
        startedAtMs = Date.now() + 2;
        await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(startedAtMs), patient);
        break;
      }
      case "away":
        cluster.logs.isReachable = false;
        break;
      case "back":
        cluster.logs.isReachable = true;
        break;
      case "reconnect": {
        await queue.return();
        await coming.over;
        after = coming.last() ?? after;
        told.push(...coming.texts);
        queue = await follow(opened, grant, after === undefined ? { tailLines: 2000 } : { after });
        coming = readAll(queue);
        break;
      }
      case "look":
        await vi.waitFor(() => expect(cluster.logs.following).toBeLessThan(10), patient);
    }
  }
  cluster.logs.isReachable = true;
  await vi.waitFor(() => expect(staying.texts.length).toBeGreaterThanOrEqual(written.length), patient);
  await vi.waitFor(() => expect(all().length).toBeGreaterThanOrEqual(written.length), patient);
  cluster.remove(pods, name);
  await Promise.all([staying.over, coming.over]);
  expect(staying.texts).toEqual(written);
  expect(all()).toEqual(written);
}

test("whatever breaks, who follows a log is told exactly what was written, in order, and so is who comes back", async () => {
  const opened = await openLogs({ lifeMs: 60 });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), (steps) => play(opened, steps)),
    { numRuns: 60, endOnFailure: true },
  );
  expect(opened.logs.counts()).toEqual({ followed: 0, lost: 0 });
}, 120_000);
