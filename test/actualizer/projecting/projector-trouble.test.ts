import { expect, test } from "vitest";
import { createResourceDoing } from "../../../src/actualizer/projecting/resource.doing.ts";
import { fieldsOf } from "../controller/actualizer.harness.ts";
import { operatorOf } from "../controller/cluster.harness.ts";
import { annotated, projectOnto, startProjecting } from "./projecting.harness.ts";

const runs = { SourceRead: "Read", Ready: "Running" };

const refusal = (status: number, reason: string, details: object) => ({
  mode: "answer" as const,
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ kind: "Status", status: "Failure", message: "no", reason, details, code: status }),
});

test("a dry run says what would be made, changed and removed, and writes nothing", async () => {
  const started = await startProjecting(
    (saved) => saved.save("demo", "dev", { drawn: { gateways: ["gate"] } }),
    { isDryRun: true },
  );
  const { source, projector, lines, writes, stop, until, untilSaid } = started;
  await projector.settled();
  expect(lines.join()).toContain("would create Producer demo");
  expect(await projector.plan("demo")).toEqual([
    "would create Producer demo",
    "would create Workspace demo-dev",
    "would create Gateway demo-dev-gate",
  ]);
  expect(writes()).toEqual([]);
  await stop();
  const real = await projectOnto(started, source);
  await untilSaid("Producer", "demo", runs);
  await real.stop();
  source.save("demo", "dev", { drawn: { disabled: true } });
  const before = writes().length;
  const dry = await projectOnto(started, source, { isDryRun: true });
  await dry.projector.settled();
  await until(async () =>
    expect(await dry.projector.plan("demo")).toEqual([
      "would change enabled true → false in Workspace demo-dev",
      expect.stringContaining("would change source") as string,
      "would remove Gateway demo-dev-gate",
    ]),
  );
  source.drop("demo");
  expect(await dry.projector.plan("demo")).toEqual(["would remove Producer demo"]);
  expect(writes()).toHaveLength(before);
});

test("what the cluster refuses is said, keeps nothing else from being made, and nothing is removed meanwhile", async () => {
  const { source, projector, faults, resourceNames, wordsOf, untilSaid, untilThere, until } =
    await startProjecting((saved) => saved.save("demo", "dev", { drawn: { gateways: ["gate"] } }));
  await untilSaid("Producer", "demo", runs);
  const details = { causes: [{ reason: "FieldValueInvalid", field: "spec.id", message: "too odd" }] };
  faults.set(refusal(422, "Invalid", details), { method: "PATCH", path: /gateways\/demo-dev-odd\?/ });
  source.save("demo", "dev", { drawn: { gateways: ["odd", "door"] } });
  projector.look("demo");
  await untilSaid("Producer", "demo", { Applied: "Refused" });
  expect(await wordsOf("Producer", "demo", "Applied")).toContain("Gateway demo-dev-odd: spec.id: too odd");
  await until(() => expect(projector.counts()?.retries).toBeGreaterThanOrEqual(2));
  const all = ["Producer demo", "Workspace demo-dev", "Gateway demo-dev-door"];
  expect(await resourceNames()).toEqual([...all, "Gateway demo-dev-gate"].sort());
  faults.clear();
  await untilThere(...all, "Gateway demo-dev-odd");
  await untilSaid("Producer", "demo", { Applied: "Applied" });
});

test("what somebody changes in a resource is changed back once, and then disputed rather than fought over", async () => {
  const { change, get, until, untilSaid, wordsOf, untilQuiet } = await startProjecting((saved) =>
    saved.save("demo", "dev"),
  );
  await untilSaid("Producer", "demo", runs);
  const enabled = async () => fieldsOf(await get("Workspace", "demo-dev")).spec["enabled"];
  await change("Workspace", "demo-dev", { spec: { enabled: false } });
  await until(async () => expect(await enabled()).toBe(true));
  await untilQuiet();
  await change("Workspace", "demo-dev", { spec: { enabled: false } });
  await untilSaid("Producer", "demo", { Applied: "Disputed" });
  expect(await wordsOf("Producer", "demo", "Applied")).toContain("would change enabled false → true");
  expect(await enabled()).toBe(false);
});

test("a resource that was made by hand is taken over as it is wanted, and one of another kind's name is let be", async () => {
  const { source, projector, make, get, until, untilThere, untilSaid } = await startProjecting((saved) =>
    saved.save("al", "dev"),
  );
  await untilThere("Producer al", "Workspace al-dev");
  const repository = { owner: "somebody", name: "else" };
  await make({
    apiVersion: "sett.lunchbadger.io/v1",
    kind: "Workspace",
    metadata: { name: "demo-dev" },
    spec: {
      producer: "demo",
      env: "dev",
      repository,
      functionsRepository: repository,
      enabled: true,
      source: {},
    },
  });
  await untilThere("Producer al", "Workspace al-dev", "Workspace demo-dev");
  source.save("demo", "dev");
  await projector.pass();
  await until(async () => {
    const { spec, metadata } = fieldsOf(await get("Workspace", "demo-dev"));
    expect(spec["repository"]).toEqual({ owner: "customer-demo", name: "dev" });
    expect(metadata.ownerReferences).toMatchObject([{ kind: "Producer" }]);
  });
  await untilSaid("Producer", "demo", runs);
});

test("a host that two would have is the older one's, and the other one's when that goes", async () => {
  const { source, projector, get, untilSaid } = await startProjecting((saved) =>
    saved.save("a", "dev", { drawn: { gateways: ["b c"] } }),
  );
  await untilSaid("Producer", "a", runs);
  source.save("c-a", "dev", { drawn: { gateways: ["b"] } });
  await projector.pass();
  await untilSaid("Gateway", "c-a-dev-b", { HostsGranted: "Taken", Ready: "Running" });
  await untilSaid("Gateway", "a-dev-b-c", { HostsGranted: "Granted" });
  source.save("a", "dev");
  projector.look("a");
  await untilSaid("Gateway", "c-a-dev-b", { HostsGranted: "Granted" });
  const ingress = fieldsOf(await get("Ingress", "gateway-c-a-dev-b"));
  const hosts = (ingress.spec["rules"] as readonly { readonly host: string }[]).map(({ host }) => host);
  expect(hosts).toContain("b-c-a-dev.lunchbadger.io");
});

test("a producer who is paused, and one who is not any more, are told to all that is his", async () => {
  const { change, untilSaid } = await startProjecting((saved) =>
    saved.save("demo", "dev", { drawn: { gateways: ["gate"] } }),
  );
  await untilSaid("Producer", "demo", runs);
  await change("Producer", "demo", { spec: { paused: true } });
  for (const [kind, name] of [
    ["Producer", "demo"],
    ["Workspace", "demo-dev"],
    ["Gateway", "demo-dev-gate"],
  ] as const) {
    await untilSaid(kind, name, { Paused: "Paused" });
  }
  await change("Producer", "demo", { spec: { paused: false } });
  for (const [kind, name] of [
    ["Producer", "demo"],
    ["Workspace", "demo-dev"],
    ["Gateway", "demo-dev-gate"],
  ] as const) {
    await untilSaid(kind, name, { Paused: "NotPaused" });
  }
});

test("nothing is written once somebody else may lead", async () => {
  const { source, projector, term, writes, until, untilSaid, change } = await startProjecting((saved) =>
    saved.save("demo", "dev"),
  );
  await untilSaid("Producer", "demo", runs);
  let isAsked = false;
  source.beforeAnswer = async () => {
    term.lose();
    isAsked = true;
  };
  source.save("demo", "dev", { drawn: { disabled: true } });
  const before = writes().length;
  projector.look("demo");
  await until(() => expect(isAsked).toBe(true));
  await until(() => expect(projector.counts()).toMatchObject({ waiting: 0, running: 0 }));
  await change("Producer", "demo", annotated("changed", "again"));
  expect(writes().slice(before)).toEqual([]);
});

test("what somebody changes in a resource is changed back though nothing says any more that it was applied", async () => {
  const { change, get, until, untilSaid } = await startProjecting((saved) => saved.save("demo", "dev"));
  await untilSaid("Producer", "demo", runs);
  await change("Workspace", "demo-dev", { ...annotated("applied", null), spec: { enabled: false } });
  await until(async () => expect(fieldsOf(await get("Workspace", "demo-dev")).spec["enabled"]).toBe(true));
});

test("what people write of a resource just before it goes keeps it until that has been looked at", async () => {
  const { get, change, untilThere, kubernetes, resources, until } = await startProjecting((saved) =>
    saved.save("demo", "dev", { functions: [{ name: "hello" }] }),
  );
  const name = "demo-dev-hello";
  await untilThere("Producer demo", "Workspace demo-dev", `Function ${name}`);
  await until(() => expect(resources.functions.get(name)).toBeDefined());
  const seen = resources.functions.get(name);
  if (!seen) throw new Error("there is no function");
  const client = operatorOf(kubernetes);
  const doing = createResourceDoing(0);
  await change("Function", name, { spec: { running: true } });
  expect(await doing.remove(seen, client)).toBe(false);
  expect((await get("Function", name))?.metadata.deletionTimestamp).toBeUndefined();
  await until(() => expect(resources.functions.get(name)?.spec.running).toBe(true));
  const now = resources.functions.get(name) ?? seen;
  expect(await doing.remove(now, client)).toBe(true);
});

test("everybody is looked at now and then, a share after each listing, though nothing of theirs has changed", async () => {
  const producers = ["al", "bo", "cy", "demo", "ed", "fa"];
  const passMs = 600_000;
  const { source, projector, untilSaid, untilQuiet } = await startProjecting(
    (saved) => {
      for (const producer of producers) saved.save(producer, "dev");
    },
    { patience: { passMs, everybodyMs: 4.5 * passMs } },
  );
  for (const producer of producers) await untilSaid("Producer", producer, runs);
  await untilQuiet();
  const before = source.reads.length;
  for (let count = 0; count < 4; count += 1) {
    await projector.pass();
    await untilQuiet();
  }
  expect(source.reads.slice(before).sort()).toEqual(producers);
});
