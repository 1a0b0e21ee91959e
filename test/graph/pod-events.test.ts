import { expect, test } from "vitest";
import { readPodEvent } from "../../src/services/kubernetes/pod.events.ts";
import { ReadPodEventsDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { podOf } from "./pods.asking.ts";

test("what the cluster says of a pod is told, the newest first, what happened again once with its count", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { id, name } = podOf(sett);
  cluster.crash(name);
  cluster.crash(name);
  const { data, codes } = await sett.as("zu").ask(ReadPodEventsDocument, { id });
  expect(codes).toEqual([]);
  const events = data?.pod?.events ?? [];
  expect(events.find(({ reason }) => reason === "BackOff")).toMatchObject({
    type: "Warning",
    message: expect.stringContaining("Back-off restarting failed container workspace") as string,
    count: 2,
  });
  const times = events.map(({ lastSeen }) => String(lastSeen));
  expect(times).toEqual([...times].sort().reverse());
  expect(events.length).toBeGreaterThan(1);
});

test("events of an earlier pod of the same name are not this one's", async () => {
  const sett = await startSett();
  const { pod, id } = podOf(sett);
  sett.sandbox.kubernetes.cluster.events.tell(
    { ...pod, metadata: { ...pod.metadata, uid: "00000000-0000-4000-8000-000000000000" } },
    "Earlier",
    "of another pod",
  );
  const { data } = await sett.as("demo").ask(ReadPodEventsDocument, { id });
  expect(data?.pod?.events?.map(({ reason }) => reason)).not.toContain("Earlier");
  expect(data?.pod?.events).not.toEqual([]);
});

test("a cluster that does not let the gateway read events says so, and one that fails is an outage", async () => {
  const sett = await startSett();
  const { faults } = sett.sandbox.kubernetes.server;
  const { id } = podOf(sett);
  for (const [status, code] of [
    [403, "UPSTREAM_REJECTED"],
    [429, "RATE_LIMITED"],
    [500, "UPSTREAM_UNAVAILABLE"],
  ] as const) {
    faults.set({ mode: "answer", status, body: "{}" }, { path: /\/events/ });
    expect((await sett.as("demo").ask(ReadPodEventsDocument, { id })).codes).toEqual([code]);
    faults.clear();
  }
  faults.set({ mode: "answer", status: 200, body: '{"items":[{"metadata":7}]}' }, { path: /\/events/ });
  expect((await sett.as("demo").ask(ReadPodEventsDocument, { id })).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
});

test("events are read in both shapes that clusters have for them", () => {
  const metadata = { creationTimestamp: "2026-11-20T09:00:00Z" };
  expect(
    readPodEvent({
      metadata,
      type: "Warning",
      reason: "BackOff",
      message: "old",
      count: 7,
      firstTimestamp: "2026-11-20T09:00:01Z",
      lastTimestamp: "2026-11-20T09:00:09Z",
    }),
  ).toEqual({
    type: "Warning",
    reason: "BackOff",
    message: "old",
    count: 7,
    firstSeen: "2026-11-20T09:00:01Z",
    lastSeen: "2026-11-20T09:00:09Z",
  });
  expect(
    readPodEvent({
      metadata,
      reason: "Scheduled",
      note: "x".repeat(5000),
      firstTimestamp: null,
      eventTime: "2026-11-20T09:00:02.123456Z",
      series: { count: 3, lastObservedTime: "2026-11-20T09:00:05.123456Z" },
    }),
  ).toEqual({
    type: "Normal",
    reason: "Scheduled",
    message: "x".repeat(1000),
    count: 3,
    firstSeen: "2026-11-20T09:00:02.123456Z",
    lastSeen: "2026-11-20T09:00:05.123456Z",
  });
});
