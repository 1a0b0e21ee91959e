import { expect, test } from "vitest";
import { ReadPodLogDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { podOf } from "./pods.asking.ts";

interface Question {
  readonly tailLines?: number;
  readonly sinceTime?: string;
  readonly previous?: boolean;
  readonly container?: string;
}

async function logOf(sett: Sett, question: Question = {}) {
  const { id } = podOf(sett);
  const answer = await sett.as("zu").ask(ReadPodLogDocument, { id, ...question });
  const log = answer.data?.pod?.logs;
  return { ...answer, log, texts: log?.lines.map(({ text }) => text) };
}

test("a reader reads a pod's last lines with their times, out of its first container", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  cluster.logs.clock = "2026-11-20T10:00:00.123456789Z";
  cluster.write(podOf(sett).name, "one", "two \u001b[31mred\u001b[0m", "three");
  const { log, codes } = await logOf(sett, { tailLines: 2 });
  expect(codes).toEqual([]);
  expect(log).toEqual({
    container: "workspace",
    lines: ["two \u001b[31mred\u001b[0m", "three"].map((text) => ({
      time: "2026-11-20T10:00:00.123Z",
      text,
      cut: false,
    })),
    truncated: false,
  });
});

test("lines are told since a moment, although the cluster knows whole seconds only", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { name } = podOf(sett);
  const lines = { "10:00:00.100": "early", "10:00:00.300": "late", "10:00:01.000": "later" };
  for (const [time, text] of Object.entries(lines)) {
    cluster.logs.clock = `2027-11-20T${time}000000Z`;
    cluster.write(name, text);
  }
  const { texts } = await logOf(sett, { sinceTime: "2027-11-20T10:00:00.200Z" });
  expect(texts).toEqual(["late", "later"]);
});

test("a line that is too long is cut, and says so; what is no text in UTF-8 does no harm", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  cluster.write(podOf(sett).name, "é".repeat(20_000), "after");
  const { log } = await logOf(sett, { tailLines: 2 });
  expect(log?.lines.map(({ cut }) => cut)).toEqual([true, false]);
  expect(log?.lines[0]?.text).toMatch(/^é{8000,8200}$/);
  expect(log?.truncated).toBe(true);
});

test("what a container wrote before it was started again is its previous log; without an earlier run there is none", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const { name } = podOf(sett);
  expect((await logOf(sett, { previous: true })).texts).toEqual([]);
  cluster.write(name, "last words");
  cluster.crash(name);
  cluster.recover(name);
  cluster.write(name, "hello again");
  expect((await logOf(sett, { previous: true, tailLines: 1 })).texts).toEqual(["last words"]);
  expect((await logOf(sett)).texts).toEqual(["hello again"]);
});

test("a pod that waits for its image has no lines yet", async () => {
  const sett = await startSett();
  sett.sandbox.kubernetes.cluster.failPull(podOf(sett).name);
  const { texts, codes } = await logOf(sett);
  expect([texts, codes]).toEqual([[], []]);
});

test("where the pod runs cannot be reached: that is an outage, and the rest of the pod is told", async () => {
  const sett = await startSett();
  sett.sandbox.kubernetes.cluster.logs.isReachable = false;
  const { errors, data } = await sett
    .as("demo")
    .askText("query ($id: ID!) { pod(id: $id) { ready logs { container } } }", { id: podOf(sett).id });
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "kubernetes" });
  expect(data).toEqual({ pod: { ready: true, logs: null } });
});

test.each([
  [{ container: "nope" }, "container"],
  [{ tailLines: 0 }, "tailLines"],
  [{ tailLines: 2001 }, "tailLines"],
])("%o is refused before the cluster is asked", async (rest, field) => {
  const sett = await startSett();
  const { errors } = await logOf(sett, rest);
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field }] });
  expect(sett.upstreamCalls().filter((call) => call.includes("/log"))).toEqual([]);
});

test("the id of a pod that claims to be of another kind finds nothing", async () => {
  const sett = await startSett();
  const { name } = podOf(sett, "FUNCTION");
  const id = Buffer.from(`Pod:demo:dev:WORKSPACE:${name}`).toString("base64url");
  const { codes } = await sett.as("zu").ask(ReadPodLogDocument, { id });
  expect(codes).toEqual(["NOT_FOUND"]);
  expect(sett.upstreamCalls().filter((call) => call.includes("/log"))).toEqual([]);
});
