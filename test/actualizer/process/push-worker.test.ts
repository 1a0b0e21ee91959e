import { expect, onTestFinished, test, vi } from "vitest";
import { createTerm } from "../../../src/actualizer/controller/leader.term.ts";
import { createPushWorker } from "../../../src/actualizer/push.worker.ts";
import type { ProducerResource } from "../../../src/actualizer/resources/producer.resource.ts";
import { wantedProducer } from "../../../src/actualizer/projection/wanted.resources.ts";

const producer = (name: string) => wantedProducer(name, `customer-${name}`, { namespace: "customer" });

/** Somebody who listens to pushes of these, and how often all of them were asked for. */
function startWorker(...names: string[]) {
  const there = new Set(names);
  const followed: (readonly string[])[] = [];
  let listener: (resource: ProducerResource, isGone: boolean) => void = () => undefined;
  let asked = 0;
  const worker = createPushWorker({
    open: () => ({
      listenTo: (those) => void followed.push([...those]),
      count: () => 0,
      close: () => Promise.resolve(),
    }),
    producers: {
      names: () => {
        asked += 1;
        return [...there];
      },
      listen: (heard) => {
        listener = heard;
        return () => undefined;
      },
    },
  });
  const leading = worker.lead(createTerm(performance.now(), 60_000));
  onTestFinished(leading.stop);
  const tell = (name: string, isGone = false) => {
    if (isGone) there.delete(name);
    else there.add(name);
    listener(producer(name), isGone);
  };
  return { tell, followed, asked: () => asked };
}

test("what changes of a producer costs nothing that depends on how many there are", () => {
  const { tell, asked } = startWorker("a", "b");
  const before = asked();
  for (let change = 0; change < 100; change += 1) tell("a");
  expect(asked()).toBe(before);
});

test("who comes is listened to, and who goes no longer is", async () => {
  const { tell, followed } = startWorker("a", "b");
  tell("c");
  await vi.waitFor(() => expect(followed.at(-1)).toEqual(["a", "b", "c"]), { timeout: 10_000 });
  tell("a", true);
  await vi.waitFor(() => expect(followed.at(-1)).toEqual(["b", "c"]), { timeout: 10_000 });
  tell("a");
  await vi.waitFor(() => expect(followed.at(-1)).toEqual(["b", "c", "a"]), { timeout: 10_000 });
});
