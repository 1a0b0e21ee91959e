import { expect, test } from "vitest";
import type { JsonObject } from "../../src/services/workspace/json.ts";
import { revisionOf } from "../../src/services/workspace/merge/canonical.ts";
import type { RevisionStore } from "../../src/services/workspace/merge/revisions.ts";

/** A document as it is read. */
export const document = { id: "demo-dev", gateways: [{ id: "g" }], connections: [] };

/** Its revision. */
export const revision = revisionOf(document);

/** What is true of revisions wherever they are kept. */
export function testRevisions(open: () => Promise<RevisionStore>): void {
  test("a document is recalled as it was, by its project and revision", async () => {
    const store = await open();
    await store.remember("demo-dev", revision, document);
    await store.remember("demo-dev", revision, document);
    expect(await store.recall("demo-dev", revision)).toEqual(document);
  });

  test("what was changed after it was remembered, or recalled, is not changed in memory", async () => {
    const store = await open();
    const given: JsonObject & { name: string } = { name: "before" };
    await store.remember("demo-dev", "r", given);
    Object.assign(given, { name: "after" });
    Object.assign((await store.recall("demo-dev", "r")) as object, { name: "after" });
    expect(await store.recall("demo-dev", "r")).toEqual({ name: "before" });
  });

  test("an unknown revision is unknown, and so is another project's", async () => {
    const store = await open();
    await store.remember("demo-dev", revision, document);
    expect(await store.recall("demo-dev", revisionOf({}))).toBeUndefined();
    expect(await store.recall("acme-dev", revision)).toBeUndefined();
  });

  test("no revision that somebody makes up reaches into another project", async () => {
    const store = await open();
    await store.remember("demo:dev", "r", document);
    expect(await store.recall("demo", "dev:r")).toBeUndefined();
    expect(await store.recall("", "demo:dev:r")).toBeUndefined();
  });
}
