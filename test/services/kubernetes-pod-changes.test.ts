import { expect, test } from "vitest";
import { createObjectIndex } from "../../src/services/kubernetes/object.index.ts";
import { createPodChanges } from "../../src/services/kubernetes/pod.changes.ts";
import { readPod } from "../../src/services/kubernetes/pod.reader.ts";
import type { PodRecord } from "../../src/services/kubernetes/pod.record.ts";
import { projectKey } from "../../src/services/kubernetes/workload.labels.ts";

/** Changes of pods that a test makes, of which two wait for a subscriber. */
function changing() {
  const index = createObjectIndex<PodRecord>({
    keyOf: projectKey,
    onListenerError: (error) => {
      throw error;
    },
  });
  const changes = createPodChanges({ index, queueLimit: 2 });
  const put = (name: string, restartCount = 0, app = "workspace") => {
    const pod = readPod({
      metadata: { uid: name, name, labels: { app, producer: "demo", env: "dev" } },
      spec: { containers: [{ name: "main" }] },
      status: { containerStatuses: [{ name: "main", restartCount }] },
    });
    if (pod) index.put(name, pod);
  };
  return { index, changes, put };
}

const all = () => true;

test("one who is too slow loses the oldest changes and is told how many, another none", async () => {
  const { changes, put } = changing();
  const [slow, quick] = [changes.follow("demo/dev", all), changes.follow("demo/dev", all)];
  const seen = [];
  for (let restarts = 0; restarts < 5; restarts += 1) {
    put("one", restarts);
    seen.push((await quick.next()).value?.missed);
  }
  expect(seen).toEqual([0, 0, 0, 0, 0]);
  expect((await slow.next()).value).toMatchObject({ missed: 3, event: { item: { restarts: 3 } } });
  expect((await slow.next()).value).toMatchObject({ missed: 0, event: { item: { restarts: 4 } } });
});

test("of what one is not to be told not even that it was missed is said", async () => {
  const { changes, put } = changing();
  const following = changes.follow("demo/dev", ({ kind }) => kind !== "FUNCTION");
  for (let restarts = 0; restarts < 5; restarts += 1) put("secret", restarts, "kubeless-fn");
  put("one");
  expect((await following.next()).value).toMatchObject({ missed: 0, event: { item: { name: "one" } } });
});

test("what waits and may be told no more is not told", async () => {
  const { changes, put } = changing();
  let seesFunctions = true;
  const following = changes.follow("demo/dev", ({ kind }) => seesFunctions || kind !== "FUNCTION");
  put("secret", 0, "kubeless-fn");
  put("one");
  seesFunctions = false;
  expect((await following.next()).value).toMatchObject({ missed: 0, event: { item: { name: "one" } } });
});

test("all who are told of a change are told one object", async () => {
  const { changes, put } = changing();
  const following = Array.from({ length: 100 }, () => changes.follow("demo/dev", all));
  put("one");
  const told = await Promise.all(following.map(async (each) => (await each.next()).value));
  expect(new Set(told).size).toBe(1);
});

test("it ends for all when it is closed", async () => {
  const { changes } = changing();
  const following = changes.follow("demo/dev", all);
  const next = following.next();
  changes.close();
  expect(await next).toMatchObject({ done: true });
});
