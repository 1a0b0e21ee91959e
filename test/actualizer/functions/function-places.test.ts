import { expect, test } from "vitest";
import { createFunctionPlaces } from "../../../src/actualizer/functions/function.places.ts";
import type { FunctionWorkload } from "../../../src/actualizer/functions/function.workloads.ts";
import type { FunctionResource } from "../../../src/actualizer/resources/function.resource.ts";
import { createObjectIndex } from "../../../src/services/kubernetes/object.index.ts";
import { onCluster } from "../actualizer.source.ts";

const standing = {
  isKnown: () => true,
  isLive: () => true,
  onLive: () => () => undefined,
  watches: [],
  start: () => undefined,
  stop: async () => undefined,
};

/** Places of functions and of what runs them, as watches keep them, with how often anything is looked up. */
function startPlaces() {
  const onListenerError = (error: unknown) => {
    throw error;
  };
  const resources = createObjectIndex<FunctionResource>({
    keyOf: ({ metadata }) => metadata.name,
    onListenerError,
  });
  const running = createObjectIndex<FunctionWorkload>({ keyOf: ({ name }) => name, onListenerError });
  let lookups = 0;
  const counted = <Item>(item: Item) => {
    lookups += 1;
    return item;
  };
  const places = createFunctionPlaces({
    functions: {
      ...standing,
      get: (name) => counted(resources.of(name).at(-1)),
      names: resources.keys,
      listen: (listener) =>
        resources.listenToAll((changes) => {
          for (const { kind, item } of changes) listener(item, kind === "REMOVED");
        }),
    },
    workloads: {
      ...standing,
      of: (name) => counted(running.of(name).at(-1)),
      listen: (listener) => running.listenToAll((_changes, name) => listener(name)),
    },
  });
  return { resources, running, places, lookups: () => lookups };
}

const called = (name: string, isLeaving = false): FunctionResource => {
  const { metadata, spec, ...rest } = onCluster("Function");
  const { deletionTimestamp: _none, ...own } = metadata;
  const leaving = isLeaving ? { deletionTimestamp: "2026-01-01T00:00:00Z" } : {};
  return { ...rest, metadata: { ...own, name: `demo-dev-${name}`, ...leaving }, spec: { ...spec, name } };
};

const runner = (name: string): FunctionWorkload => ({
  name: `fn-demo-dev-${name}`,
  uid: `runner-of-${name}`,
  isLeaving: false,
  record: undefined,
});

test("what a change of a function costs does not depend on how many its environment has", () => {
  const { resources, running, lookups } = startPlaces();
  const names = Array.from({ length: 2_000 }, (_, each) => `f${each}`);
  resources.replace(new Map(names.map((name) => [name, called(name)])));
  running.replace(new Map(names.map((name) => [name, runner(name)])));
  expect(lookups()).toBeLessThan(20 * names.length);
});

test("a workspace is told of when the first of its functions runs and when the last has gone, and not in between", () => {
  const { resources, running, places } = startPlaces();
  const told: string[] = [];
  places.onTakingBack((workspace) => told.push(workspace));
  const isTakingBack = () => places.isTakingBack(onCluster("Workspace"));
  resources.put("one", called("one"));
  resources.put("two", called("two"));
  expect([told, isTakingBack()]).toEqual([[], false]);
  running.put("one", runner("one"));
  running.put("two", runner("two"));
  expect([told, isTakingBack()]).toEqual([["demo-dev"], true]);
  running.remove("one");
  resources.put("one", called("one", true));
  running.remove("two");
  expect([told, isTakingBack()]).toEqual([["demo-dev"], true]);
  resources.remove("one");
  expect([told, isTakingBack()]).toEqual([["demo-dev", "demo-dev"], false]);
});
