import { expect, test } from "vitest";
import { annotated, startProjecting } from "./projecting.harness.ts";

const runs = { SourceRead: "Read", Ready: "Running" };
const people = ["al", "bo", "cy", "demo", "ed", "fa", "gi", "hu"];

const devOf = (producer: string) => [`Producer ${producer}`, `Workspace ${producer}-dev`];
const prodOf = (producer: string) => [
  ...[`Workspace ${producer}-prod`, `Gateway ${producer}-prod-one`, `Function ${producer}-prod-hello`],
];

type Given = Parameters<typeof startProjecting>[1];

/** All have two environments, and all of those run. */
async function startAll(producers: readonly string[], given: Given = {}) {
  const started = await startProjecting((source) => {
    for (const producer of producers) {
      source.save(producer, "dev");
      source.save(producer, "prod", { drawn: { gateways: ["one"] }, functions: [{ name: "hello" }] });
    }
  }, given);
  for (const producer of producers) await started.untilSaid("Producer", producer, runs);
  const all = producers.flatMap((producer) => [...devOf(producer), ...prodOf(producer)]).sort();
  const deletions = () =>
    started.kubernetes.server.requests
      .filter(({ method }) => method === "DELETE")
      .map(({ path }) => path.replace(/^.*\//, ""));
  return { ...started, all, deletions };
}

test("an environment that one reading does not have keeps all that is its, and says that it is missing", async () => {
  const patience = { goneAfterMs: 600_000 };
  const { source, projector, all, deletions, resourceNames, untilSaid, untilQuiet, wordsOf } = await startAll(
    ["demo"],
    { patience },
  );
  source.drop("demo", "prod");
  await projector.pass();
  await untilSaid("Workspace", "demo-prod", { SourceRead: "EnvironmentMissing", Ready: "Running" });
  projector.look("demo", "now");
  await untilQuiet();
  expect(await resourceNames()).toEqual(all);
  expect(deletions()).toEqual([]);
  expect(await wordsOf("Producer", "demo", "SourceRead")).toContain("is not found any more");
  source.save("demo", "prod", { drawn: { gateways: ["one"] }, functions: [{ name: "hello" }] });
  projector.look("demo");
  await untilSaid("Workspace", "demo-prod", runs);
  expect(await resourceNames()).toEqual(all);
});

test("an environment whose repository is not there goes once it has been so for long enough, whether all are listed or not", async () => {
  const { source, projector, untilThere } = await startAll(["demo"]);
  source.drop("demo", "prod");
  projector.look("demo");
  await untilThere(...devOf("demo"));
  expect(source.reads.filter((producer) => producer === "demo").length).toBeGreaterThanOrEqual(3);
});

test("when everybody is missing an environment at once none of them goes, and that is told; when few are they go", async () => {
  const { source, projector, all, lines, registry, deletions, resourceNames, untilQuiet, untilThere } =
    await startAll(people);
  for (const producer of people) source.drop(producer, "prod");
  for (let count = 0; count < 3; count += 1) {
    await projector.pass();
    for (const producer of people) projector.look(producer, "now");
    await untilQuiet();
  }
  expect(await resourceNames()).toEqual(all);
  expect(deletions()).toEqual([]);
  expect(lines.join()).toContain("too many environments are missing at once");
  expect(await registry.getSingleMetricAsString("sett_actualizer_mass_removals_refused_total")).toMatch(
    /total 3/,
  );
  for (const producer of people.slice(2))
    source.save(producer, "prod", { drawn: { gateways: ["one"] }, functions: [{ name: "hello" }] });
  await projector.pass();
  await untilThere(...all.filter((name) => !/(al|bo)-prod/.test(name)));
});

test("a repository that is there and is not found as an environment any more takes nothing away, and the workspace says so", async () => {
  const { source, projector, all, deletions, resourceNames, untilSaid, untilThere, untilQuiet, wordsOf } =
    await startAll(people);
  for (const producer of people) for (const env of ["dev", "prod"]) source.unmark(producer, env);
  for (let count = 0; count < 3; count += 1) {
    await projector.pass();
    for (const producer of people) projector.look(producer, "now");
    await untilQuiet();
  }
  for (const name of ["demo-dev", "demo-prod"])
    await untilSaid("Workspace", name, { SourceRead: "NotAnEnvironment", Ready: "Running" });
  expect(await wordsOf("Workspace", "demo-prod", "SourceRead")).toContain("It is not marked.");
  expect(projector.state("demo")?.standing).toBe("unreadable");
  expect(await resourceNames()).toEqual(all);
  expect(deletions()).toEqual([]);
  // What is not there by name, either, goes still.
  source.drop("hu", "prod");
  projector.look("hu");
  await untilThere(...all.filter((name) => !name.includes("hu-prod")));
});

test("however many environments are removed on purpose, they go as soon as their repositories have, and no others", async () => {
  const patience = { goneAfterMs: 600_000 };
  const { source, projector, all, change, untilThere, untilQuiet, resourceNames } = await startAll(people, {
    patience,
  });
  const removed = annotated("removed", "true");
  for (const producer of people) await change("Workspace", `${producer}-prod`, removed);
  for (const producer of people) projector.look(producer);
  await untilQuiet();
  // Their repositories are there still, so nothing has happened.
  expect(await resourceNames()).toEqual(all);
  for (const producer of people) source.drop(producer, "prod");
  await projector.pass();
  await untilThere(...people.flatMap(devOf).sort());
});
