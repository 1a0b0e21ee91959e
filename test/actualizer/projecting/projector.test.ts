import { expect, test } from "vitest";
import { fieldsOf } from "../controller/actualizer.harness.ts";
import { annotated, startProjecting } from "./projecting.harness.ts";

const runs = { SourceRead: "Read", Ready: "Running" };

test("what is saved becomes resources that belong to their producer, and the producer says that all of it runs", async () => {
  const { get, untilThere, untilSaid, wordsOf, projector } = await startProjecting((source) =>
    source.save("demo", "dev", { drawn: { gateways: ["gate"] }, functions: [{ name: "hello" }] }),
  );
  await untilThere(
    ...["Producer demo", "Workspace demo-dev", "Gateway demo-dev-gate", "Function demo-dev-hello"],
  );
  const producer = fieldsOf(await get("Producer", "demo"));
  for (const [kind, name] of [
    ["Workspace", "demo-dev"],
    ["Gateway", "demo-dev-gate"],
    ["Function", "demo-dev-hello"],
  ] as const) {
    const { metadata } = fieldsOf(await get(kind, name));
    expect(metadata.ownerReferences).toMatchObject([{ kind: "Producer", uid: producer.metadata.uid }]);
  }
  await untilSaid("Workspace", "demo-dev", { ...runs, Applied: "Applied" });
  await untilSaid("Producer", "demo", { ...runs, Applied: "Applied", Paused: "NotPaused" });
  expect(await wordsOf("Producer", "demo", "Ready")).toBe("Everything that is wanted runs.");
  expect(fieldsOf(await get("Producer", "demo")).metadata.finalizers).toEqual([
    "sett.lunchbadger.io/actualizer",
  ]);
  await projector.settled();
  expect(projector.state("demo")?.standing).toBe("projected");
});

test("a cluster on which all that is saved runs is not written to, however often everybody is looked at", async () => {
  const { source, projector, untilSaid, untilQuiet, writes, until, isIdle } = await startProjecting(
    (saved) => {
      for (const producer of ["demo", "al", "bo"]) {
        saved.save(producer, "dev", { drawn: { gateways: ["gate"] }, functions: [{ name: "hello" }] });
      }
    },
  );
  for (const producer of ["demo", "al", "bo"]) await untilSaid("Producer", producer, runs);
  await untilQuiet();
  const before = writes().length;
  const reads = source.reads.length;
  for (let count = 0; count < 3; count += 1) {
    await projector.pass();
    for (const producer of ["demo", "al", "bo"]) projector.look(producer, "now");
    await until(() => expect(isIdle()).toBe(true));
  }
  expect(source.reads.length).toBeGreaterThanOrEqual(reads + 9);
  expect(writes().slice(before)).toEqual([]);
});

test("a pass looks at those who have changed since the last, and a hint at the one it is about", async () => {
  const { source, projector, change, untilSaid, untilQuiet, until, isIdle } = await startProjecting(
    (saved) => {
      for (const producer of ["demo", "al", "bo"]) saved.save(producer, "dev");
    },
  );
  for (const producer of ["demo", "al", "bo"]) await untilSaid("Producer", producer, runs);
  await untilQuiet();
  const first = source.reads.length;
  await projector.pass();
  await until(() => expect(isIdle()).toBe(true));
  expect(source.reads.slice(first)).toEqual([]);
  source.save("al", "dev");
  source.save("cy", "dev");
  await projector.pass();
  await untilSaid("Producer", "cy", runs);
  await untilQuiet();
  expect(new Set(source.reads.slice(first))).toEqual(new Set(["al", "cy"]));
  const second = source.reads.length;
  await change("Producer", "bo", annotated("changed", "one"));
  await until(() => expect(source.reads.slice(second)).toEqual(["bo"]));
  await change("Producer", "bo", annotated("changed", "another"));
  await until(() => expect(source.reads.slice(second)).toEqual(["bo", "bo"]));
});

test("a file that makes no sense takes nothing away, and its producer and workspace say so until it is mended", async () => {
  const { source, projector, untilSaid, untilThere, wordsOf, untilQuiet } = await startProjecting((saved) => {
    saved.save("demo", "dev", { drawn: { gateways: ["gate"] } });
    saved.save("demo", "test");
  });
  const all = ["Producer demo", "Workspace demo-dev", "Workspace demo-test", "Gateway demo-dev-gate"];
  await untilSaid("Producer", "demo", runs);
  source.save("demo", "dev", { document: "{" });
  source.save("demo", "test", { drawn: { gateways: ["other"] } });
  projector.look("demo");
  await untilThere(...all, "Gateway demo-test-other");
  await untilSaid("Workspace", "demo-dev", { SourceRead: "Unreadable", Ready: "Running" });
  await untilSaid("Workspace", "demo-test", { SourceRead: "Read" });
  await untilSaid("Producer", "demo", { SourceRead: "Unreadable" });
  expect(await wordsOf("Producer", "demo", "SourceRead")).toContain("dev: lunchbadger.json is not as");
  expect(projector.state("demo")?.standing).toBe("unreadable");
  source.save("demo", "dev", { options: undefined });
  projector.look("demo");
  await untilSaid("Workspace", "demo-dev", { SourceRead: "Unreadable" });
  await untilQuiet();
  await untilThere(...all, "Gateway demo-test-other");
  source.save("demo", "dev");
  projector.look("demo");
  await untilSaid("Workspace", "demo-dev", { SourceRead: "Read" });
  await untilThere(...all.slice(0, 3), "Gateway demo-test-other");
});

test("what cannot be asked for stays as it is, and is said to be so when it lasts", async () => {
  const { source, projector, change, untilSaid, untilThere } = await startProjecting((saved) =>
    saved.save("demo", "dev", { drawn: { gateways: ["gate"] } }),
  );
  await untilSaid("Producer", "demo", runs);
  source.unreachable.add("demo");
  projector.look("demo");
  await untilSaid("Producer", "demo", { SourceRead: "Unavailable" });
  await untilSaid("Workspace", "demo-dev", { SourceRead: "Unavailable", Ready: "Running" });
  await untilThere("Producer demo", "Workspace demo-dev", "Gateway demo-dev-gate");
  source.unreachable.clear();
  await change("Producer", "demo", annotated("changed", "again"));
  await untilSaid("Producer", "demo", runs);
  await untilSaid("Workspace", "demo-dev", { SourceRead: "Read" });
  source.save("demo", "dev", { unavailable: "The repository does not answer.", document: undefined });
  projector.look("demo");
  await untilSaid("Workspace", "demo-dev", { SourceRead: "Unavailable" });
  await untilThere("Producer demo", "Workspace demo-dev", "Gateway demo-dev-gate");
});

test("gateways stay while the workspace cannot be asked for its models, and are looked at when it is ready", async () => {
  const { source, projector, untilSaid, untilThere, until } = await startProjecting((saved) =>
    saved.save("demo", "dev", { drawn: { gateways: ["gate"] }, models: undefined }),
  );
  await until(() => expect(projector.state("demo")?.standing).toBe("undecided"));
  source.save("demo", "dev", { drawn: { gateways: ["gate"] } });
  // Nobody tells of anything and nothing is tried again: the workspace has become ready.
  await untilThere("Producer demo", "Workspace demo-dev", "Gateway demo-dev-gate");
  await untilSaid("Producer", "demo", runs);
  source.save("demo", "dev", { drawn: { gateways: ["other"] }, models: undefined });
  projector.look("demo");
  await until(() => expect(projector.state("demo")?.standing).toBe("undecided"));
  await untilThere("Producer demo", "Workspace demo-dev", "Gateway demo-dev-gate");
});

test("what could not be said is asked for again after a while", async () => {
  const { source, until, projector } = await startProjecting(
    (saved) => saved.save("demo", "dev", { drawn: { gateways: ["gate"] }, models: undefined }),
    { patience: { undecidedMs: 20, passMs: 100 } },
  );
  await until(() => expect(projector.state("demo")?.standing).toBe("undecided"));
  const reads = source.reads.length;
  await until(() => expect(source.reads.length).toBeGreaterThanOrEqual(reads + 3));
  source.save("demo", "dev", { drawn: { gateways: ["gate"] } });
  await until(() => expect(projector.state("demo")?.standing).toBe("projected"));
});

test("a gateway that is called otherwise takes the place of the one before, and one that is drawn no more goes", async () => {
  const { source, projector, untilThere } = await startProjecting((saved) =>
    saved.save("demo", "dev", { drawn: { gateways: ["gate", "door"] } }),
  );
  const both = ["Producer demo", "Workspace demo-dev"];
  await untilThere(...both, "Gateway demo-dev-gate", "Gateway demo-dev-door");
  source.save("demo", "dev", { drawn: { gateways: ["entry", "door"] } });
  projector.look("demo");
  await untilThere(...both, "Gateway demo-dev-entry", "Gateway demo-dev-door");
});

test("a project that is disabled keeps its workspace as a resource and nothing that runs", async () => {
  const { source, projector, names, until, untilThere, untilSaid } = await startProjecting((saved) =>
    saved.save("demo", "dev", { drawn: { gateways: ["gate"] } }),
  );
  await untilSaid("Producer", "demo", runs);
  source.save("demo", "dev", { drawn: { disabled: true, gateways: ["gate"] } });
  projector.look("demo");
  await untilThere("Producer demo", "Workspace demo-dev");
  await untilSaid("Producer", "demo", { Ready: "Stopped", SourceRead: "Read" });
  await until(() => expect(names()).toEqual([]));
});

test("what people want of a function stays as they said, whatever is saved", async () => {
  const { source, projector, change, get, until, untilThere } = await startProjecting((saved) =>
    saved.save("demo", "dev", { functions: [{ name: "hello", revision: "r1" }] }),
  );
  await untilThere("Producer demo", "Workspace demo-dev", "Function demo-dev-hello");
  await change("Function", "demo-dev-hello", { spec: { running: true, request: "first" } });
  source.save("demo", "dev", {
    drawn: { disabled: true },
    functions: [{ name: "hello", revision: "r2" }],
  });
  projector.look("demo");
  await until(async () => {
    const { spec } = fieldsOf(await get("Function", "demo-dev-hello"));
    expect(spec).toMatchObject({ enabled: false, running: true, request: "first" });
  });
});

test("of a project that is disabled while its functions cannot be asked for none runs, and none is forgotten", async () => {
  const { source, projector, change, get, until, untilThere, wordsOf } = await startProjecting((saved) =>
    saved.save("demo", "dev", { functions: [{ name: "hello", revision: "r1" }] }),
  );
  const all = ["Producer demo", "Workspace demo-dev", "Function demo-dev-hello"];
  await untilThere(...all);
  await change("Function", "demo-dev-hello", { spec: { running: true } });
  const gaps = ["functions: it does not answer."];
  source.save("demo", "dev", { drawn: { disabled: true }, functions: undefined, gaps });
  projector.look("demo");
  await until(async () => {
    const { spec } = fieldsOf(await get("Function", "demo-dev-hello"));
    expect(spec).toMatchObject({ enabled: false, running: true, source: "r1" });
  });
  await until(async () => expect(await wordsOf("Producer", "demo", "SourceRead")).toContain(gaps[0]));
  expect(await wordsOf("Workspace", "demo-dev", "SourceRead")).not.toContain("functions");
  await untilThere(...all);
});
