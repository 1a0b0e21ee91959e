import { expect, onTestFinished, test, vi } from "vitest";
import {
  createLeaderElection,
  type LeaderPatience,
} from "../../../src/actualizer/controller/leader.election.ts";
import { createTerm, LeadershipLost } from "../../../src/actualizer/controller/leader.term.ts";
import { leaseKind, releasedLease } from "../../../src/actualizer/controller/lease.record.ts";
import type { Kubernetes } from "../../../src/sandbox/kubernetes/kubernetes.server.ts";
import { connectTo, openLine, operatorOf, silent, startCluster } from "./cluster.harness.ts";

/** For those whose term is to run out. */
const brief = { leaseMs: 1000, termMs: 600, retryMs: 60 };
/** For those whose term is not to run out, however slow the machine is. */
const steady = { leaseMs: 20_000, termMs: 15_000, retryMs: 60 };
const long = { timeout: 15_000, interval: 5 };

/** Those who take part in one election, each with a line of its own, and how many of them ever led at once. */
function hold(kubernetes: Kubernetes, patience: LeaderPatience) {
  const leading = new Set<string>();
  const terms: string[] = [];
  const most = { atOnce: 0 };
  const join = async (identity: string, ending: Promise<void> = Promise.resolve()) => {
    const line = await openLine(kubernetes);
    const election = createLeaderElection({
      connection: connectTo(kubernetes, { url: line.url }),
      namespace: kubernetes.namespace,
      name: "sett-actualizer",
      identity,
      patience,
      log: silent,
      lead: ({ signal }) => {
        leading.add(identity);
        terms.push(identity);
        most.atOnce = Math.max(most.atOnce, leading.size);
        const end = () => leading.delete(identity);
        signal.addEventListener("abort", end, { once: true });
        return {
          stop: async () => {
            if (!signal.aborted) await ending;
            end();
          },
        };
      },
    });
    onTestFinished(async () => {
      line.cut();
      await election.stop();
    });
    election.start();
    return { ...election, line };
  };
  const untilLeads = (identity: string) => vi.waitFor(() => expect([...leading]).toEqual([identity]), long);
  return { join, untilLeads, leading, terms, most };
}

const specOf = async (kubernetes: Kubernetes) =>
  (await operatorOf(kubernetes).get(leaseKind, "sett-actualizer"))?.["spec"];

/** Waits until whoever leads has held the lease on for some time. */
async function renewedOften({ server }: Kubernetes): Promise<void> {
  const renewals = () => server.requests.filter(({ method }) => method === "PATCH").length;
  const before = renewals();
  await vi.waitFor(() => expect(renewals()).toBeGreaterThan(before + 3), long);
}

test("of several who take part one leads, and says so in the lease", async () => {
  const kubernetes = await startCluster();
  const { join, terms, most } = hold(kubernetes, steady);
  const all = await Promise.all(["a", "b", "c"].map((identity) => join(identity)));
  await vi.waitFor(() => expect(terms).toHaveLength(1), long);
  expect(all.filter(({ isLeading }) => isLeading())).toHaveLength(1);
  expect(await specOf(kubernetes)).toMatchObject({
    holderIdentity: terms[0],
    leaseDurationSeconds: 20,
    leaseTransitions: 0,
    renewTime: expect.stringMatching(/\.\d{6}Z$/) as string,
  });
  const { length } = kubernetes.server.requests;
  await vi.waitFor(() => expect(kubernetes.server.requests.length).toBeGreaterThan(length + 30), long);
  expect([terms.length, most.atOnce]).toEqual([1, 1]);
});

test("who stops gives the lease back only when the work has ended, and another leads without waiting for it to run out", async () => {
  const kubernetes = await startCluster();
  const patience = { ...brief, leaseMs: 4000, termMs: 2500 };
  const { join, untilLeads, leading, most } = hold(kubernetes, patience);
  let end = () => {};
  const first = await join("a", new Promise((resolve) => (end = resolve)));
  await untilLeads("a");
  await join("b");
  const stopping = first.stop();
  const renewed = async () => (await specOf(kubernetes)) as { renewTime: string; holderIdentity: string };
  const before = await renewed();
  // Longer than a term: it is held on while the work ends.
  await vi.waitFor(async () => {
    const { renewTime, holderIdentity } = await renewed();
    expect(holderIdentity).toBe("a");
    expect(Date.parse(renewTime)).toBeGreaterThan(Date.parse(before.renewTime) + 2 * patience.termMs);
  }, long);
  expect([...leading]).toEqual(["a"]);
  end();
  await stopping;
  await untilLeads("b");
  expect(await specOf(kubernetes)).toMatchObject({ holderIdentity: "b", leaseTransitions: 1 });
  const given = kubernetes.server.requests.map(({ body }) => (body as { spec?: object } | undefined)?.spec);
  expect(given).toContainEqual(expect.objectContaining({ holderIdentity: null }));
  expect(most.atOnce).toBe(1);
});

test.each(["freeze", "cut"] as const)(
  "a leader who cannot reach the cluster any more (%s) ends before another leads, and comes back as one of many",
  async (how) => {
    const kubernetes = await startCluster();
    const { join, untilLeads, most, terms } = hold(kubernetes, brief);
    const first = await join("a");
    await untilLeads("a");
    await join("b");
    await renewedOften(kubernetes);
    first.line[how]();
    await untilLeads("b");
    expect(first.isLeading()).toBe(false);
    first.line[how === "freeze" ? "thaw" : "mend"]();
    const { length } = kubernetes.server.requests;
    await vi.waitFor(() => expect(kubernetes.server.requests.length).toBeGreaterThan(length + 40), long);
    expect(terms).toContain("b");
    expect(most.atOnce).toBe(1);
  },
);

test.each(["2001-01-01T00:00:00.000000Z", "2101-01-01T00:00:00.000000Z"])(
  "what another's clock says (%s) is no reason to take its lease: it has to be silent for as long as it holds",
  async (renewTime) => {
    const kubernetes = await startCluster();
    const { join, untilLeads, leading } = hold(kubernetes, { ...brief, leaseMs: 2000, termMs: 1200 });
    const operator = operatorOf(kubernetes);
    const spec = { holderIdentity: "z", leaseDurationSeconds: 2, renewTime, acquireTime: renewTime };
    const lease = { metadata: { name: "sett-actualizer" }, spec };
    await operator.create(leaseKind, lease);
    const beganAtMs = performance.now();
    await join("a");
    // It is renewed twice, by a clock that stands still.
    for (const leaseTransitions of [1, 2]) {
      const { length } = kubernetes.server.requests;
      await vi.waitFor(() => expect(kubernetes.server.requests.length).toBeGreaterThan(length + 3), long);
      await operator.patch(leaseKind, "sett-actualizer", { spec: { leaseTransitions } });
      expect([...leading]).toEqual([]);
    }
    await untilLeads("a");
    expect(performance.now() - beganAtMs).toBeGreaterThanOrEqual(2000);
    expect(await specOf(kubernetes)).toMatchObject({ holderIdentity: "a", leaseTransitions: 3 });
  },
);

test("who finds the lease in another's name has lost at once", async () => {
  const kubernetes = await startCluster();
  const { join, untilLeads, leading, terms } = hold(kubernetes, { ...brief, leaseMs: 2000, termMs: 1200 });
  await join("a");
  await untilLeads("a");
  await operatorOf(kubernetes).patch(leaseKind, "sett-actualizer", { spec: { holderIdentity: "z" } });
  await vi.waitFor(() => expect([...leading]).toEqual([]), long);
  await vi.waitFor(() => expect(terms.length).toBeGreaterThan(1), long);
});

test("who changes the lease without taking it ends no term, and neither does a lease that is gone", async () => {
  const kubernetes = await startCluster();
  const { join, untilLeads, terms } = hold(kubernetes, steady);
  const { isLeading } = await join("a");
  await untilLeads("a");
  const operator = operatorOf(kubernetes);
  for (let count = 0; count < 20; count += 1) {
    const { length } = kubernetes.server.requests;
    await operator.patch(leaseKind, "sett-actualizer", { metadata: { labels: { count: `${count}` } } });
    await vi.waitFor(() => expect(kubernetes.server.requests.length).toBeGreaterThan(length + 1), long);
  }
  const lease = await operator.get(leaseKind, "sett-actualizer");
  const uid = lease?.metadata.uid ?? "";
  await operator.remove(leaseKind, "sett-actualizer", { uid, propagation: "Background" });
  await vi.waitFor(async () => expect(await specOf(kubernetes)).toMatchObject({ holderIdentity: "a" }), long);
  expect([terms, isLeading()]).toEqual([["a"], true]);
});

test("a lease that was given back is taken at once", async () => {
  const kubernetes = await startCluster();
  const operator = operatorOf(kubernetes);
  await operator.create(leaseKind, {
    ...{ metadata: { name: "sett-actualizer" } },
    ...{ spec: { ...releasedLease(), holderIdentity: undefined, leaseTransitions: 7 } },
  });
  const { join, untilLeads } = hold(kubernetes, steady);
  await join("a");
  await untilLeads("a");
  expect(await specOf(kubernetes)).toMatchObject({ holderIdentity: "a", leaseTransitions: 8 });
});

test("whoever's lines freeze and break, there is never more than one leader, and always one again", async () => {
  const kubernetes = await startCluster();
  const { join, leading, most, terms } = hold(kubernetes, brief);
  const all = new Map(
    await Promise.all(["a", "b", "c"].map(async (name) => [name, await join(name)] as const)),
  );
  for (const how of ["freeze", "cut", "freeze"] as const) {
    await vi.waitFor(() => expect(leading.size).toBe(1), long);
    await renewedOften(kubernetes);
    const [leader = ""] = leading;
    all.get(leader)?.line[how]();
    const { length } = terms;
    await vi.waitFor(() => expect(terms.length).toBeGreaterThan(length), long);
    all.get(leader)?.line[how === "freeze" ? "thaw" : "mend"]();
  }
  expect(most.atOnce).toBe(1);
}, 40_000);

test("a process that was held up for longer than its term writes nothing more, though no timer has told it", () => {
  const term = createTerm(performance.now(), 30);
  expect(term.check).not.toThrow();
  const untilMs = performance.now() + 40;
  while (performance.now() < untilMs);
  expect(term.signal.aborted).toBe(false);
  expect(term.check).toThrow(LeadershipLost);
  expect(term.signal.aborted).toBe(true);
  term.extend(performance.now());
  expect(term.check).toThrow(LeadershipLost);
});
