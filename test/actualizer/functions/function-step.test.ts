import { expect, test } from "vitest";
import { stepOf, type SeenFunction } from "../../../src/actualizer/functions/function.step.ts";
import type { FunctionResource } from "../../../src/actualizer/resources/function.resource.ts";

type Spec = Partial<FunctionResource["spec"]>;
type Status = FunctionResource["status"];

const done = (kind: "DEPLOY" | "UNDEPLOY", request?: string): Status => ({
  outcome: { kind, state: "SUCCEEDED", at: "2026-01-01T00:00:00Z" },
  ...(request === undefined ? {} : { request }),
});

const runs: Partial<SeenFunction> = { runs: true };
const gone: Partial<SeenFunction> = { runs: false };
const unknown: Partial<SeenFunction> = { runs: undefined };

test.each<[string, Spec, Status, Partial<SeenFunction>, string]>([
  ["nobody has said anything and it runs", {}, undefined, runs, "rest"],
  ["nobody has said anything and it does not run", {}, undefined, gone, "rest"],
  ["nobody has said anything and nothing is known", {}, undefined, unknown, "rest"],
  ["it is wanted and runs", { running: true }, undefined, runs, "rest"],
  ["it is wanted and does not run", { running: true }, undefined, gone, "deploy"],
  ["it is wanted and nothing is known", { running: true }, undefined, unknown, "wait unknown"],
  ["it is asked for", { running: true, request: "a" }, undefined, gone, "deploy"],
  ["it is asked for while nothing is known", { running: true, request: "a" }, undefined, unknown, "deploy"],
  ["it is asked for once more", { running: true, request: "b" }, done("DEPLOY", "a"), runs, "deploy"],
  ["what was asked for is done", { running: true, request: "a" }, done("DEPLOY", "a"), runs, "rest"],
  [
    "it was deployed and is not seen yet",
    { running: true, request: "a" },
    done("DEPLOY", "a"),
    { runs: false, isSettling: true },
    "wait settling",
  ],
  [
    "it was deployed and is lost",
    { running: true, request: "a" },
    done("DEPLOY", "a"),
    { runs: false, isSettling: false },
    "deploy",
  ],
  ["it is not wanted and runs", { running: false }, undefined, runs, "takeBack"],
  ["it is not wanted and does not run", { running: false }, undefined, gone, "rest"],
  ["it is not wanted and nothing is known", { running: false }, undefined, unknown, "wait unknown"],
  ["it is to be taken back", { running: false, request: "a" }, undefined, gone, "takeBack"],
  ["the project is disabled", { enabled: false, running: true }, undefined, runs, "takeBack"],
  [
    "the project is disabled and nobody has said that it runs",
    { enabled: false },
    undefined,
    runs,
    "remember",
  ],
  [
    "the project is disabled and nothing runs",
    { enabled: false, running: true },
    done("DEPLOY"),
    gone,
    "rest",
  ],
  [
    "the project is disabled and nothing is known",
    { enabled: false, running: true },
    undefined,
    unknown,
    "wait unknown",
  ],
  [
    "it is asked for while the project is disabled",
    { enabled: false, running: true, request: "a" },
    undefined,
    gone,
    "answer FAILED",
  ],
  [
    "it is to be taken back while the project is disabled and it does not run",
    { enabled: false, running: false, request: "a" },
    undefined,
    gone,
    "answer SUCCEEDED",
  ],
  [
    "it is to be taken back while the project is disabled and it runs",
    { enabled: false, running: false, request: "a" },
    undefined,
    runs,
    "takeBack",
  ],
  ["the project is enabled again", { enabled: true, running: true }, done("UNDEPLOY"), gone, "deploy"],
  [
    "somebody else has begun with it",
    { running: true, request: "a" },
    undefined,
    { runs: false, isHeld: true },
    "wait held",
  ],
  [
    "somebody else has begun with it and the project is disabled",
    { enabled: false, running: true },
    undefined,
    { runs: true, isHeld: true },
    "wait held",
  ],
])("when %s", (_when, given, status, seen, expected) => {
  const spec = { producer: "demo", env: "dev", name: "hello", ...given };
  const step = stepOf({ spec, status }, { runs: undefined, isSettling: false, isHeld: false, ...seen });
  const more = step.what === "wait" ? step.because : step.what === "answer" ? step.outcome.state : "";
  expect(`${step.what} ${more}`.trim()).toBe(expected);
});
