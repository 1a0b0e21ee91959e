import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { podOf } from "../deploy/chart.pods.ts";
import { helm, render, uses } from "../deploy/chart.rendering.ts";
import { SaveFilesDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { startRedis } from "./redis.server.ts";

const word = "word-of-the-secret_1";

/** What the chart starts its Redis with, but for where it keeps things. */
async function argumentsOfChart(): Promise<readonly string[]> {
  const [container] = podOf(await render(uses["with a Redis of its own"]), "redis").pod.containers;
  const all = container?.args?.map((each) => each.replace("$(REDIS_PASSWORD)", word)) ?? [];
  return all.slice(all.indexOf("--maxmemory"));
}

test.skipIf(helm === undefined)(
  "the chart's Redis lets the gateway do all that it does, nobody in without a word, and nobody at anything else",
  async () => {
    const { url } = await startRedis(await argumentsOfChart());
    const account = url.replace("//", `//sett:${word}@`);
    const clientAt = (address: string) => {
      const client = new Redis(address, { maxRetriesPerRequest: 0 }).on("error", () => undefined);
      onTestFinished(() => client.disconnect());
      return client;
    };
    await expect(clientAt(url).get("sett:a")).rejects.toThrow("NOAUTH");
    const own = clientAt(account);
    expect(await own.set("sett:a", "b")).toBe("OK");
    await expect(own.set("other", "b")).rejects.toThrow("NOPERM");
    await expect(own.config("GET", "*")).rejects.toThrow("NOPERM");
    expect(await own.info("memory")).toContain("maxmemory_policy:noeviction");
    const sett = await startSett({ env: { REDIS_URL: account } });
    const files = [{ path: "noted.txt", text: "noted" }];
    const saved = await sett
      .as("demo")
      .ask(SaveFilesDocument, { input: { project: { producer: "demo" }, files } });
    expect(saved.codes).toEqual([]);
    const readiness = async (): Promise<unknown> => (await fetch(new URL("/readyz", sett.url))).json();
    await expect.poll(readiness).toMatchObject({ ready: true, degraded: [] });
  },
);
