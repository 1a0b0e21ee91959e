import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { PushListening } from "../../../src/actualizer/sources/push.listening.ts";
import { startSource, type Sourced } from "./source.harness.ts";

/** Listens with a limit, and remembers of whom it heard. */
function listen({ listenToPushes }: Sourced, limit: number): PushListening & { readonly heard: string[] } {
  const heard: string[] = [];
  const listening = listenToPushes(limit, (producer) => void heard.push(producer));
  onTestFinished(listening.close);
  return { ...listening, heard };
}

const push = ({ sandbox }: Sourced, producer: string, name: string) =>
  sandbox.gitea.platform.push(`customer-${producer}`, name, {
    commits: [{ message: "change", files: { "lunchbadger.json": "{}" } }],
  });

/** Resolves once streams of these are open, and forgets that they were opened. */
const opened = async (heard: string[], producers: readonly string[]) => {
  await vi.waitFor(() => expect([...heard].sort()).toEqual([...producers].sort()), { timeout: 10_000 });
  heard.splice(0);
};

const streams = ({ sandbox }: Sourced) =>
  sandbox.configstore.requests
    .filter(({ path }) => path.startsWith("/change-stream/"))
    .map(({ path }) => path);

describe("Listening to pushes", () => {
  it("tells of a push to a project or to functions whose it was, and of nobody who is not listened to", async () => {
    const sourced = await startSource();
    const { listenTo, heard } = listen(sourced, 10);
    listenTo(["demo", "eve"]);
    await opened(heard, ["demo", "eve"]);

    push(sourced, "zu", "dev");
    push(sourced, "demo", "dev");
    push(sourced, "eve", "functions");

    await vi.waitFor(() => expect([...heard].sort()).toEqual(["demo", "eve"]), { timeout: 10_000 });
  });

  it("tells of each once it is heard, since something may have gone unheard until then", async () => {
    const sourced = await startSource();
    const { listenTo, heard } = listen(sourced, 10);

    listenTo(["demo"]);

    await vi.waitFor(() => expect(heard).toEqual(["demo"]), { timeout: 10_000 });
  });

  it("tells of a producer whose stream broke as soon as it can be heard again", async () => {
    const sourced = await startSource();
    const { listenTo, heard } = listen(sourced, 10);
    listenTo(["demo"]);
    await opened(heard, ["demo"]);

    await sourced.sandbox.configstore.stop();
    await sourced.sandbox.configstore.resume();

    await vi.waitFor(() => expect(heard).toEqual(["demo"]), { timeout: 5000 });
  });

  it("has no more streams than it may, and lets go of those of producers that are gone", async () => {
    const sourced = await startSource();
    const { listenTo, heard, count } = listen(sourced, 2);
    listenTo(["demo", "eve", "zu"]);
    await opened(heard, ["demo", "eve"]);
    expect(count()).toBe(2);

    // Whoever is listened to already goes before others.
    listenTo(["zu", "al", "eve"]);
    await opened(heard, ["zu"]);
    expect(count()).toBe(2);

    listenTo(["zu", "eve"]);
    expect(streams(sourced).sort()).toEqual([
      "/change-stream/demo",
      "/change-stream/eve",
      "/change-stream/zu",
    ]);
  });

  it("opens none where it may have none, and none after it was closed", async () => {
    const sourced = await startSource();
    const none = listen(sourced, 0);
    none.listenTo(["demo"]);
    expect(none.count()).toBe(0);

    const closed = listen(sourced, 2);
    closed.listenTo(["demo"]);
    await closed.close();
    closed.listenTo(["demo", "eve"]);

    expect(closed.count()).toBe(0);
    expect(streams(sourced)).not.toContain("/change-stream/eve");
  });
});
