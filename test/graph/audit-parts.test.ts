import { expect, test } from "vitest";
import type { AuditEntry } from "../../src/services/audit/audit.entry.ts";
import { createLocalTrail } from "../../src/services/audit/local.trail.ts";

const trail = "customer-demo/dev";
const length = 5000;

const entry = (id: string): AuditEntry => ({
  ...{ id, at: new Date().toISOString(), requestId: "request-1", by: "gitea-token" },
  ...{ kind: "mutation", outcome: "done" },
});

test("whoever looks for few among many is answered in parts, each of which costs no more than 1,000 entries, and misses none", async () => {
  const store = createLocalTrail({ length, keepMs: 3_600_000 });
  const keeping = { trail, mayBegin: true };
  for (let index = 0; index < length; index += 1) {
    store.keep(entry(`done-${index}`), { ...keeping, isLetThrough: true });
    if (index % 1000 === 0) store.keep(entry(`wanted-${index}`), { ...keeping, isLetThrough: false });
  }
  const found: string[] = [];
  const lookedAt: number[] = [];
  let after: string | undefined;
  let hasMore = true;
  while (hasMore) {
    let looked = 0;
    const matches = ({ id }: AuditEntry) => {
      looked += 1;
      return id.startsWith("wanted");
    };
    const part = await store.read([trail], { first: 20, after, matches });
    found.push(...part.entries.map(({ entry: { id } }) => id));
    lookedAt.push(looked);
    after = part.end;
    hasMore = part.hasMore;
  }
  expect(found).toEqual(["wanted-4000", "wanted-3000", "wanted-2000", "wanted-1000", "wanted-0"]);
  expect(Math.max(...lookedAt)).toBeLessThanOrEqual(1000);
  expect(lookedAt.reduce((sum, each) => sum + each, 0)).toBe(length + found.length);
});
