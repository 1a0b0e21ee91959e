import { afterEach, beforeEach, expect, it } from "vitest";
import { startWorkspacePod, type WorkspacePod } from "../../src/sandbox/workspace/workspace.pod.ts";
import { startHookListener, type HookListener } from "./hook.listener.ts";
import { recordingOf } from "./recording.data.ts";
import { replay, type Difference } from "./recording.replay.ts";

let pod: WorkspacePod;
let listener: HookListener;

beforeEach(async () => {
  // Nothing in the recordings is about time: packages are installed at once.
  const timing = { readMs: 0, overlapMs: 0, writeMs: 0, installMs: 0, testConnectionMs: 0, clearMs: 0 };
  pod = await startWorkspacePod({ producer: "demo", env: "dev", timing });
  listener = await startHookListener();
});

afterEach(async () => {
  await Promise.all([pod.stop(), listener.stop()]);
});

it.each([
  ["workspace", "workspace"],
  ["workspace-methods", "workspace"],
  ["project", "project"],
])(
  "the pod answers every exchange of %s as recorded, but for the listed deviations",
  async (name, service) => {
    const recording = recordingOf(name);
    const found = await replay(service, recording, {
      servers: { workspace: pod.workspaceApi.url, project: pod.projectApi.url },
      known: { "pad:120 kB": "x".repeat(120_000) },
      listener,
      goBy: () => undefined,
      signIn: () => {
        throw new Error("nobody signs in");
      },
    });
    const covers = (n: number[], what: string, each: Difference): boolean =>
      n.includes(each.n) && each.what.startsWith(what);
    expect(
      found.filter((each) => !recording.deviations.some(({ n, what }) => covers(n, what, each))),
    ).toEqual([]);

    const idle = recording.deviations.flatMap(({ n, what }) =>
      n.filter((one) => !found.some((each) => covers([one], what, each))),
    );
    expect(idle, "listed deviations that are none").toEqual([]);
  },
);
