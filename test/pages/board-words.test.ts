import { expect, test } from "vitest";
import { reasonNot } from "../../pages/board/action/reason.words.ts";
import { functionRows, gatewayRows } from "../../pages/board/entities/entity.rows.ts";
import { podState } from "../../pages/board/entities/state.words.ts";
import { withLines } from "../../pages/board/pod/log.lines.ts";
import { isEcho, whatItWasAbout, whatWasDone, whoDid } from "../../pages/board/project/change.words.ts";
import type {
  Change,
  Deployed,
  Pod,
  Project,
  RunningEntity,
} from "../../pages/board/project/project.types.ts";
import { ageInWords } from "../../pages/board/words/age.words.ts";

const change: Change = {
  by: "customer-al",
  kind: "CANVAS",
  entities: [],
  unnamed: 0,
  branch: null,
  commit: null,
  author: null,
  external: null,
  missed: 0,
};

const project = {
  gateways: [{ id: "g1", name: "Front", dnsPrefix: "front", pipelines: [{ id: "p1" }] }],
  functions: [{ name: "hello", runtime: "nodejs:8", handler: "handler.fn", lunchbadgerId: null }],
} as unknown as Project;

const running = (kind: string, name: string, entityId: string | null) =>
  ({ kind, name, entityId, pods: [] }) as unknown as RunningEntity;

const chunk = (...texts: string[]) => ({
  lines: texts.map((text) => ({ time: "2026-01-01T00:00:00Z", text, cut: false, position: text })),
  missed: 0,
  restarted: false,
  gap: false,
  staleSince: null,
});

test("what is saved comes first, with what runs of it; what runs without being saved is shown as well", () => {
  const status = {
    workspace: null,
    slsApi: null,
    gateways: [running("GATEWAY", "front", "g1"), running("GATEWAY", "left-behind", "g2")],
    functions: [running("FUNCTION", "hello", null)],
    staleSince: null,
    staleReason: null,
  };
  const leaving = { kind: "FUNCTION", name: "old", entityId: null } as unknown as Deployed;
  expect(
    gatewayRows(project, status).map(({ name, isSaved, running: runs }) => [name, isSaved, runs?.entityId]),
  ).toEqual([
    ["Front", true, "g1"],
    ["left-behind", false, "g2"],
  ]);
  expect(functionRows(project, status, [leaving]).map(({ name, isSaved }) => [name, isSaved])).toEqual([
    ["hello", true],
    ["old", false],
  ]);
});

test("a change is told by who made it, oneself as you, and by names where those are known", () => {
  expect(whoDid(change, "customer-demo")).toBe("customer-al");
  expect(whoDid(change, "customer-al")).toBe("You");
  expect(whoDid({ ...change, by: null, author: "Al" }, "customer-al")).toBe("Al");
  expect(
    whatItWasAbout(
      { ...change, entities: ["gateways/g1", "models/Car"], unnamed: 2 },
      new Map([["g1", "Front"]]),
    ),
  ).toBe("gateways/Front, models/Car, 2 more");
});

test("a push is told with its branch and commit, and not at all where it only echoes what was saved", () => {
  const push = {
    ...change,
    kind: "PUSH",
    branch: "master",
    commit: "0123456789abcdef",
    external: true,
  } as const;
  expect(whatWasDone(push)).toBe("pushed commits to master (0123456)");
  expect(whatWasDone({ ...push, commit: null })).toBe("deleted the branch master");
  expect(isEcho(push)).toBe(false);
  expect(isEcho({ ...push, external: false })).toBe(true);
});

test("lines that are lost, and runs that begin anew, are said between the lines; colours are left out", () => {
  const first = withLines([], chunk("one"));
  const shown = withLines(first, {
    ...chunk("\u001b[31mtwo\u001b[0m"),
    missed: 3,
    restarted: true,
    gap: true,
  });
  expect(shown.map(({ text }) => text)).toEqual([
    "one",
    "The container was started anew",
    "3 lines came too fast to be shown",
    "Lines are missing here",
    "two",
  ]);
  expect(new Set(shown.map(({ key }) => key)).size).toBe(5);
});

test("a log that is followed for long keeps its newest 2,000 lines", () => {
  let shown = withLines([], chunk("first"));
  for (let count = 0; count < 5; count += 1) {
    shown = withLines(shown, chunk(...Array.from({ length: 500 }, (_, index) => `${count}.${index}`)));
  }
  expect(shown).toHaveLength(2_000);
  expect(shown.at(-1)?.text).toBe("4.499");
});

test("a pod that cannot start says why, and one that is being stopped is not called ready", () => {
  const pod = {
    phase: "PENDING",
    ready: false,
    reason: null,
    stopping: false,
    containers: [],
  } as unknown as Pod;
  const waiting = {
    ...pod,
    containers: [{ name: "a", state: "WAITING", reason: "ImagePullBackOff" }],
  } as Pod;
  expect(podState(waiting)).toEqual({ word: "ImagePullBackOff", tone: "bad" });
  expect(podState(pod)).toEqual({ word: "pending", tone: "busy" });
  expect(podState({ ...pod, ready: true, stopping: true }).word).toBe("stopping");
});

test("an age is one number, and a clock that is behind makes nothing happen in the future", () => {
  const now = Date.parse("2026-01-02T00:00:00Z");
  expect(ageInWords("2026-01-01T23:59:18Z", now)).toBe("42 s");
  expect(ageInWords("2026-01-01T20:00:00Z", now)).toBe("4 h");
  expect(ageInWords("2026-01-02T00:00:09Z", now)).toBe("0 s");
});

test("an action that may not be done names its permission, and one that could not be asked about does not", () => {
  expect(reasonNot("pod:write", true)).toBeUndefined();
  expect(reasonNot("pod:write", false)).toBe("needs pod:write");
  expect(reasonNot("pod:write", null)).toContain("cannot be asked");
  expect(reasonNot("pod:write", undefined)).toContain("is being asked");
});
