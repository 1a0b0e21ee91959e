import { expect, test, vi } from "vitest";
import type { FunctionsGrant } from "../../src/permissions/grant.ts";
import { createActualizedRunner } from "../../src/services/functions/deployments/actualized.runner.ts";

const grant = { producer: "demo", env: "dev" } as unknown as FunctionsGrant<"write">;

/** A cluster with one function, of which nothing comes until somebody says so, and whoever waits for it. */
function startWaiting({ isLive }: { isLive: boolean }) {
  let status: object | undefined;
  let tell: (() => void) | undefined;
  const asked: string[] = [];
  const metadata = { name: "demo-dev-hello", uid: "one", resourceVersion: "1" };
  const ending = new AbortController();
  const run = createActualizedRunner({
    connection: {
      ask: async ({ method = "GET" }) => {
        asked.push(method);
        return JSON.stringify({ metadata, spec: { request: "wish" }, status });
      },
    },
    namespace: "default",
    watch: (_place, _resource, onChange) => {
      tell = onChange;
      return { isLive: () => isLive, leave: () => void (tell = undefined) };
    },
    waitMs: 60_000,
  });
  return {
    asked,
    ending,
    outcome: run(grant, "hello", "DEPLOY", ending.signal, "wish"),
    tell: () => tell?.(),
    isWatched: () => tell !== undefined,
    finish: () => {
      status = { request: "wish", revision: "abc", outcome: { kind: "DEPLOY", state: "SUCCEEDED" } };
    },
  };
}

test("each change that is told is looked at when it is told, and the outcome ends the watching", async () => {
  const { asked, outcome, tell, isWatched, finish } = startWaiting({ isLive: true });
  await vi.waitFor(() => expect(asked).toEqual(["GET", "PATCH"]), { timeout: 10_000 });
  // By itself it would look again only after ever longer times.
  for (let looks = 3; looks < 10; looks += 1) {
    tell();
    await vi.waitFor(() => expect(asked.length).toBe(looks), { timeout: 10_000 });
  }
  finish();
  tell();
  expect(await outcome).toMatchObject({ state: "SUCCEEDED", revision: "abc" });
  expect(isWatched()).toBe(false);
});

test("where nothing is told it is looked all the same", async () => {
  const { outcome, finish } = startWaiting({ isLive: false });
  finish();
  expect(await outcome).toMatchObject({ state: "SUCCEEDED" });
});

test("who does not wait any more watches nothing any more", async () => {
  const { asked, outcome, ending, isWatched } = startWaiting({ isLive: true });
  await vi.waitFor(() => expect(asked).toEqual(["GET", "PATCH"]), { timeout: 10_000 });
  ending.abort();
  await expect(outcome).rejects.toThrow();
  expect(isWatched()).toBe(false);
});
