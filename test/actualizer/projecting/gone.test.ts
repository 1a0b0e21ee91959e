import { expect, test } from "vitest";
import { annotated, startProjecting } from "./projecting.harness.ts";

const runs = { SourceRead: "Read", Ready: "Running" };
const everybody = ["al", "bo", "cy", "demo", "ed"];
const of = (...producers: readonly string[]) =>
  producers.flatMap((producer) => [`Producer ${producer}`, `Workspace ${producer}-dev`]);

type Given = Parameters<typeof startProjecting>[1];

/** Five producers, all of whose workspaces run. */
async function startEverybody(given: Given = {}) {
  const started = await startProjecting((source) => {
    for (const producer of everybody) source.save(producer, "dev");
  }, given);
  for (const producer of everybody) await started.untilSaid("Producer", producer, runs);
  return started;
}

const refusals = async (registry: { getSingleMetricAsString: (name: string) => Promise<string> }) =>
  registry.getSingleMetricAsString("sett_actualizer_mass_removals_refused_total");

test("a producer that is neither listed nor there by name, twice, goes with all that is its", async () => {
  const { source, projector, names, until, untilThere } = await startEverybody();
  source.drop("demo");
  await projector.pass();
  await untilThere(...of("al", "bo", "cy", "ed"));
  expect(source.reads.filter((producer) => producer === "demo").length).toBeGreaterThanOrEqual(3);
  await until(() => expect(names().filter((name) => name.includes("-demo-"))).toEqual([]));
  expect(names()).toHaveLength(24);
});

test("a producer that is missing is kept, and said to be missing, until it has been for long enough", async () => {
  const { source, projector, kubernetes, resourceNames, untilSaid, untilQuiet } = await startEverybody({
    patience: { goneAfterMs: 600_000 },
  });
  source.drop("demo");
  await projector.pass();
  await untilSaid("Producer", "demo", { SourceRead: "Missing" });
  projector.look("demo", "now");
  await untilQuiet();
  expect(await resourceNames()).toEqual(of(...everybody).sort());
  expect(kubernetes.server.requests.filter(({ method }) => method === "DELETE")).toEqual([]);
  source.save("demo", "dev");
  await projector.pass();
  await untilSaid("Producer", "demo", runs);
});

test("a producer whom a listing has is not gone, whatever asking for it by name says", async () => {
  const { source, projector, resourceNames, until, untilSaid } = await startEverybody();
  source.drop("demo");
  // Nobody has listed anybody since.
  projector.look("demo");
  await untilSaid("Producer", "demo", { SourceRead: "Missing" });
  const reads = source.reads.length;
  await until(() => expect(source.reads.length).toBeGreaterThanOrEqual(reads + 3));
  expect(await resourceNames()).toEqual(of(...everybody).sort());
});

test.each(["fails", "empty"] as const)(
  "nothing is concluded from a listing that is like this: %s",
  async (listing) => {
    const { source, projector, registry, lines, resourceNames, until, untilQuiet } = await startEverybody();
    source.listing = listing;
    const { lists } = source;
    const reads = source.reads.length;
    await expect(projector.pass()).rejects.toThrow();
    await until(() => expect(source.lists).toBeGreaterThanOrEqual(lists + 3));
    await untilQuiet();
    expect(source.reads.slice(reads)).toEqual([]);
    expect(await resourceNames()).toEqual(of(...everybody).sort());
    expect(projector.lastPass()).toMatchObject({ ok: false });
    expect(lines.join()).toContain("not all producers could be listed");
    expect(await registry.getSingleMetricAsString("sett_actualizer_passes_total")).toMatch(/failed"} [3-9]/);
    source.listing = "whole";
    await until(() => expect(projector.lastPass()).toMatchObject({ ok: true, producers: 5 }));
  },
);

test("those who are missing in half a listing are there by name, and stay", async () => {
  const { source, projector, resourceNames, until, isIdle } = await startEverybody();
  source.listing = new Set(["al", "bo", "cy"]);
  const reads = source.reads.length;
  await projector.pass();
  await until(() => expect(source.reads.slice(reads).sort()).toEqual(["demo", "ed"]));
  await until(() => expect(isIdle()).toBe(true));
  expect(await resourceNames()).toEqual(of(...everybody).sort());
});

test("when too many are missing at once none of them goes, and that is told", async () => {
  const { source, projector, registry, lines, kubernetes, resourceNames, untilQuiet, untilThere, until } =
    await startEverybody();
  for (const producer of ["al", "bo", "cy", "demo"]) source.drop(producer);
  for (let count = 0; count < 3; count += 1) {
    await projector.pass();
    for (const producer of everybody) projector.look(producer, "now");
    await untilQuiet();
  }
  expect(await resourceNames()).toEqual(of(...everybody).sort());
  expect(kubernetes.server.requests.filter(({ method }) => method === "DELETE")).toEqual([]);
  expect(lines.join()).toContain("too many producers are missing at once");
  expect(await refusals(registry)).toMatch(/total 3/);
  // With one of them back they are few enough.
  source.save("demo", "dev");
  await projector.pass();
  await untilThere(...of("demo", "ed"));
  await until(() => expect(projector.state("demo")?.standing).toBe("projected"));
});

test("an environment that is not there any more goes alone, its functions before its workspace", async () => {
  const { source, projector, change, get, until, untilThere, untilSaid } = await startProjecting((saved) => {
    saved.save("demo", "dev", { functions: [{ name: "hello" }] });
    saved.save("demo", "beta", { drawn: { gateways: ["gate"] }, functions: [{ name: "hello" }] });
  });
  await untilSaid("Producer", "demo", runs);
  const held = { metadata: { finalizers: ["example.com/held"] } };
  await change("Function", "demo-beta-hello", held);
  source.drop("demo", "beta");
  projector.look("demo");
  const dev = ["Producer demo", "Workspace demo-dev", "Function demo-dev-hello"];
  await untilThere(...dev, "Workspace demo-beta", "Function demo-beta-hello");
  await until(async () =>
    expect((await get("Function", "demo-beta-hello"))?.metadata.deletionTimestamp).toBeDefined(),
  );
  projector.look("demo");
  await until(() => expect(projector.counts()).toMatchObject({ waiting: 0, running: 0 }));
  expect((await get("Workspace", "demo-beta"))?.metadata.deletionTimestamp).toBeUndefined();
  await change("Function", "demo-beta-hello", { metadata: { finalizers: null } });
  await untilThere(...dev);
});

test("one who has nothing left at all is believed only when it has been so for a while", async () => {
  const { source, projector, resourceNames, untilQuiet } = await startProjecting(
    (saved) => saved.save("demo", "dev"),
    { patience: { goneAfterMs: 600_000 } },
  );
  await projector.settled();
  source.drop("demo", "dev");
  projector.look("demo");
  await untilQuiet();
  expect(await resourceNames()).toEqual(of("demo"));
});

test("one who has had nothing left for a while keeps nothing but being known", async () => {
  const { source, projector, untilThere } = await startProjecting((saved) => saved.save("demo", "dev"));
  await untilThere(...of("demo"));
  source.drop("demo", "dev");
  projector.look("demo");
  await untilThere("Producer demo");
});

test("a producer that somebody deletes is cleaned up in order, and made anew while it is still there", async () => {
  const { remove, change, get, until, untilSaid, untilThere, source } = await startProjecting((saved) =>
    saved.save("demo", "dev", { drawn: { gateways: ["gate"] }, functions: [{ name: "hello" }] }),
  );
  await untilSaid("Producer", "demo", runs);
  const uid = (await get("Producer", "demo"))?.metadata.uid;
  await change("Function", "demo-dev-hello", { metadata: { finalizers: ["example.com/held"] } });
  source.unreachable.add("demo");
  await remove("Producer", "demo");
  const leaving = async (kind: string, name: string) =>
    (await get(kind, name))?.metadata.deletionTimestamp !== undefined;
  await until(async () => expect(await leaving("Function", "demo-dev-hello")).toBe(true));
  expect(await leaving("Workspace", "demo-dev")).toBe(false);
  expect(await leaving("Gateway", "demo-dev-gate")).toBe(false);
  expect(await get("Producer", "demo")).toBeDefined();
  await change("Function", "demo-dev-hello", { metadata: { finalizers: null } });
  await untilThere();
  source.unreachable.delete("demo");
  await untilThere(
    ...["Producer demo", "Workspace demo-dev", "Gateway demo-dev-gate", "Function demo-dev-hello"],
  );
  await untilSaid("Producer", "demo", runs);
  expect((await get("Producer", "demo"))?.metadata.uid).not.toBe(uid);
});

test("what somebody deletes is made again", async () => {
  const { remove, get, until, untilSaid } = await startProjecting((saved) =>
    saved.save("demo", "dev", { drawn: { gateways: ["gate"] } }),
  );
  await untilSaid("Producer", "demo", runs);
  const uid = (await get("Gateway", "demo-dev-gate"))?.metadata.uid;
  await remove("Gateway", "demo-dev-gate");
  await until(async () => {
    const found = await get("Gateway", "demo-dev-gate");
    expect(found?.metadata.uid).toEqual(expect.any(String));
    expect(found?.metadata.uid).not.toBe(uid);
  });
  await untilSaid("Producer", "demo", runs);
});

test("what has come into being while what is saved was read is not taken for unwanted", async () => {
  const { source, projector, resources, make, get, until, untilThere, isIdle } = await startProjecting(
    (saved) => saved.save("demo", "dev", { functions: [{ name: "hello" }] }),
  );
  await untilThere("Producer demo", "Workspace demo-dev", "Function demo-dev-hello");
  source.beforeAnswer = async () => {
    source.beforeAnswer = async () => undefined;
    await make({
      apiVersion: "sett.lunchbadger.io/v1",
      kind: "Function",
      metadata: { name: "demo-dev-newer" },
      spec: { producer: "demo", env: "dev", name: "newer", enabled: true },
    });
    await until(() => expect(resources.functions.get("demo-dev-newer")).toBeDefined());
  };
  projector.look("demo");
  await until(() => expect(resources.functions.get("demo-dev-newer")).toBeDefined());
  await until(() => expect(isIdle()).toBe(true));
  expect((await get("Function", "demo-dev-newer"))?.metadata.deletionTimestamp).toBeUndefined();
  expect(await get("Function", "demo-dev-newer")).toBeDefined();
  // Whoever looks next knows of it, and that nobody has saved it.
  projector.look("demo");
  await untilThere("Producer demo", "Workspace demo-dev", "Function demo-dev-hello");
});

test("what is paused is not touched, and is made what it is to be when it is not", async () => {
  const { source, projector, change, get, untilSaid, untilThere, until, isIdle } = await startProjecting(
    (saved) => {
      saved.save("demo", "dev", { drawn: { gateways: ["gate", "door"] } });
      saved.save("al", "dev", { drawn: { gateways: ["gate"] } });
    },
  );
  for (const producer of ["demo", "al"]) await untilSaid("Producer", producer, runs);
  const demo = ["Producer demo", "Workspace demo-dev", "Gateway demo-dev-gate"];
  const al = ["Producer al", "Workspace al-dev", "Gateway al-dev-gate"];
  await change("Gateway", "demo-dev-gate", annotated("paused", "true"));
  await change("Producer", "al", annotated("paused", "true"));
  await untilSaid("Producer", "al", { Paused: "Paused" });
  await untilSaid("Gateway", "al-dev-gate", { Paused: "Paused" });
  for (const producer of ["demo", "al"]) source.save(producer, "dev", { drawn: { disabled: true } });
  const reads = source.reads.length;
  await projector.pass();
  await untilThere(...demo, ...al);
  await until(() => expect(isIdle()).toBe(true));
  expect(new Set(source.reads.slice(reads))).toEqual(new Set(["demo"]));
  expect(fieldsOfSpec(await get("Workspace", "al-dev"))).toMatchObject({ enabled: true });
  await change("Gateway", "demo-dev-gate", annotated("paused", null));
  await change("Producer", "al", annotated("paused", null));
  await untilThere(...demo.slice(0, 2), ...al.slice(0, 2));
  await untilSaid("Producer", "al", { Paused: "NotPaused", Ready: "Stopped" });
});

const fieldsOfSpec = (object: object | undefined) => (object as { readonly spec?: object } | undefined)?.spec;

test("a producer that is deleted while it is paused keeps all that is its until it is not", async () => {
  const { source, change, remove, get, resourceNames, untilSaid, untilThere, untilQuiet } =
    await startProjecting((saved) => saved.save("demo", "dev"));
  await untilSaid("Producer", "demo", runs);
  await change("Producer", "demo", annotated("paused", "true"));
  await untilSaid("Producer", "demo", { Paused: "Paused" });
  source.drop("demo");
  await remove("Producer", "demo");
  await untilQuiet();
  expect(await resourceNames()).toEqual(of("demo"));
  expect((await get("Workspace", "demo-dev"))?.metadata.deletionTimestamp).toBeUndefined();
  await change("Producer", "demo", annotated("paused", null));
  await untilThere();
});

test("those who cannot go keep nobody from going who is missing later", async () => {
  const { source, projector, registry, untilSaid, untilQuiet, resourceNames, until } = await startEverybody();
  const stuck = ["al", "bo", "cy"];
  for (const producer of stuck) {
    source.drop(producer);
    source.unreachable.add(producer);
  }
  await projector.pass();
  for (const producer of stuck) await untilSaid("Producer", producer, { SourceRead: "Unavailable" });
  source.drop("demo");
  await projector.pass();
  await until(async () => expect(await resourceNames()).toEqual(of("al", "bo", "cy", "ed").sort()));
  for (const producer of stuck) source.save(producer, "dev");
  source.unreachable.clear();
  await projector.pass();
  await untilQuiet();
  expect(await refusals(registry)).toMatch(/total 0/);
});

test("those who are paused are not among those who are missing", async () => {
  const { source, projector, registry, change, untilSaid, resourceNames, until } = await startEverybody();
  const paused = ["al", "bo", "cy", "demo"];
  for (const producer of paused) await change("Producer", producer, annotated("paused", "true"));
  for (const producer of paused) await untilSaid("Producer", producer, { Paused: "Paused" });
  for (const producer of everybody) source.drop(producer);
  source.save("fa", "dev");
  await projector.pass();
  await until(async () => expect(await resourceNames()).toEqual(of(...paused, "fa").sort()));
  expect(await refusals(registry)).toMatch(/total 0/);
});
