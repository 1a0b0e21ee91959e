import { expect, test } from "vitest";
import { createObjectIndex } from "../../src/services/kubernetes/object.index.ts";

interface Thing {
  readonly name: string;
  readonly producer: string;
  readonly value: number;
}

const thing = (name: string, value = 1, producer = "demo"): Thing => ({ name, producer, value });

function openIndex() {
  const thrown: unknown[] = [];
  const index = createObjectIndex<Thing>({
    keyOf: ({ producer }) => producer,
    onListenerError: (error) => thrown.push(error),
  });
  return { index, thrown };
}

/** Everything that a group's listener is told, in words. */
function tellings(index: ReturnType<typeof openIndex>["index"], key: string) {
  const told: string[][] = [];
  index.listen(key, (changes) => told.push(changes.map(({ kind, item }) => `${kind} ${item.name}`)));
  return told;
}

test("those who listen to a group hear of its changes and of nobody else's", () => {
  const { index } = openIndex();
  const [demo, acme] = [tellings(index, "demo"), tellings(index, "acme")];
  index.put("1", thing("a"));
  index.put("2", thing("b", 1, "acme"));
  index.put("1", thing("a", 2));
  index.remove("2");
  index.remove("never there");
  expect(demo).toEqual([["ADDED a"], ["CHANGED a"]]);
  expect(acme).toEqual([["ADDED b"], ["REMOVED b"]]);
});

test("a change of nothing that is kept is told to nobody", () => {
  const { index } = openIndex();
  index.put("1", thing("a"));
  const demo = tellings(index, "demo");
  index.put("1", thing("a"));
  index.replace(new Map([["1", thing("a")]]));
  expect(demo).toEqual([]);
});

test("everybody who asks what is there is given the same list, until its group changes", () => {
  const { index } = openIndex();
  index.put("1", thing("a"));
  const before = index.of("demo");
  index.put("2", thing("b", 1, "acme"));
  expect(index.of("demo")).toBe(before);
  index.put("3", thing("c"));
  expect(index.of("demo").map(({ name }) => name)).toEqual(["a", "c"]);
  expect(before).toHaveLength(1);
});

test("a listener sees everything in its place, however much changes at once, and is told once", () => {
  const { index } = openIndex();
  index.put("1", thing("a"));
  index.put("2", thing("b"));
  const seen: string[] = [];
  index.listen("demo", () =>
    seen.push(
      index
        .of("demo")
        .map(({ name }) => name)
        .join(),
    ),
  );
  const demo = tellings(index, "demo");
  index.replace(
    new Map([
      ["2", thing("b", 2)],
      ["3", thing("a")],
    ]),
  );
  expect(demo).toEqual([["REMOVED a", "CHANGED b", "ADDED a"]]);
  expect(seen).toEqual(["b,a"]);
});

test("an object that moves to another group leaves the one and comes to the other", () => {
  const { index } = openIndex();
  index.put("1", thing("a"));
  const [demo, acme] = [tellings(index, "demo"), tellings(index, "acme")];
  index.put("1", thing("a", 1, "acme"));
  expect([demo, acme, index.of("demo")]).toEqual([[["REMOVED a"]], [["ADDED a"]], []]);
});

test("nothing is left of what was removed, nor of who has stopped listening", () => {
  const { index } = openIndex();
  const told: unknown[] = [];
  const listener = () => told.push("told");
  const stops = [index.listen("demo", listener), index.listen("demo", listener)];
  index.put("1", thing("a"));
  expect(told).toHaveLength(2);
  stops[0]?.();
  index.remove("1");
  expect(told).toHaveLength(3);
  stops[1]?.();
  index.put("1", thing("a"));
  index.replace(new Map());
  expect([told.length, index.size(), index.keys()]).toEqual([3, 0, []]);
});

test("a listener that throws is reported, and the others are told all the same", () => {
  const { index, thrown } = openIndex();
  index.listen("demo", () => {
    throw new Error("its own fault");
  });
  const demo = tellings(index, "demo");
  index.put("1", thing("a"));
  expect(demo).toEqual([["ADDED a"]]);
  expect(thrown).toHaveLength(1);
});
