import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import { openStand, type Stand } from "./stand.ts";

const built = fileURLToPath(new URL("../../../dist/", import.meta.url));

/** Five processes start, on a machine that may be busy with others. */
const startMs = 120_000;

/** Starts a stand for all the tests of a file. */
export function useStand(env: Readonly<Record<string, string>> = {}): () => Stand {
  let stand: Stand | undefined;
  beforeAll(async () => {
    stand = await openStand(built, env);
  }, startMs);
  afterAll(async () => {
    await stand?.close();
  });
  return () => {
    if (!stand) throw new Error("The stand has not been started.");
    return stand;
  };
}
