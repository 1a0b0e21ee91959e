import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { functionsAs, functionService } from "./functions.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

/** Two people who have both read hello as it was. */
async function startTogether() {
  const sett = await startSett();
  const [demo, al] = [functionsAs(sett, "demo"), functionsAs(sett, "al")];
  const revision = (await demo.found("hello"))?.revision ?? "";
  return { sett, demo, al, revision };
}

test("changes of other files and other fields are kept together", async () => {
  const { sett, demo, al, revision } = await startTogether();
  await al.save({ name: "hello", revision, itemOrder: 4, files: [{ path: "lib/a.js", text: "al" }] });
  const { data, errors } = await demo.save({
    name: "hello",
    revision,
    runtime: "nodejs:6",
    files: [{ path: "lib/b.js", text: "demo" }],
  });
  expect(errors).toEqual([]);
  expect(data?.saveFunction).toMatchObject({
    outcome: "MERGED",
    function: { runtime: "nodejs:6", itemOrder: 4 },
  });
  expect(functionService(sett).read("hello").files).toMatchObject({ lib: { "a.js": "al", "b.js": "demo" } });
});

test("different changes of one file and one field are a conflict that names them, with theirs and mine", async () => {
  const { sett, demo, al, revision } = await startTogether();
  await al.save({ name: "hello", revision, itemOrder: 4, files: [{ path: "lib/a.js", text: "al" }] });
  sett.upstreamCalls();
  const { data, errors } = await demo.save({
    name: "hello",
    revision,
    itemOrder: 5,
    files: [
      { path: "lib/a.js", text: "demo" },
      { path: "lib/b.js", text: "demo" },
    ],
  });
  expect(data?.saveFunction).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    current: { revision: (await al.found("hello"))?.revision },
    entities: [
      { entity: "files/lib/a.js", base: null, theirs: "al", mine: "demo" },
      { entity: "serverless/lunchbadger/itemOrder", base: 0, theirs: 4, mine: 5 },
    ],
  });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a file that one made where the other made a folder is a conflict", async () => {
  const { demo, al, revision } = await startTogether();
  await al.save({ name: "hello", revision, files: [{ path: "lib", text: "al" }] });
  const { errors } = await demo.save({ name: "hello", revision, files: [{ path: "lib/b.js", text: "1" }] });
  expect(errors[0]?.extensions).toMatchObject({ code: "CONFLICT", entities: [{ entity: "files/lib" }] });
});

test("a revision that nobody knows is a conflict, never a silent overwrite", async () => {
  const { sett, demo } = await startTogether();
  const { codes } = await demo.save({ name: "hello", revision: "A".repeat(27), itemOrder: 9 });
  expect(codes).toEqual(["CONFLICT"]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a function is not deleted by somebody who has not seen what others changed of it", async () => {
  const { demo, al, revision } = await startTogether();
  await al.save({ name: "hello", itemOrder: 4 });
  const { errors } = await demo.remove({ name: "hello", revision });
  expect(errors[0]?.extensions).toMatchObject({ code: "CONFLICT" });
  const now = (await demo.found("hello"))?.revision ?? "";
  expect((await demo.remove({ name: "hello", revision: now })).errors).toEqual([]);
});

test("ten people who each add a file at once lose none of them", async () => {
  const { sett, demo, al, revision } = await startTogether();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? demo : al).save({
        name: "hello",
        revision,
        files: [{ path: `parts/${index}.js`, text: String(index) }],
      }),
    ),
  );
  expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  expect(Object.keys(functionService(sett).read("hello").files["parts"] as object)).toHaveLength(10);
});

test("of several who make a function of one name at once, one makes it and the others are told", async () => {
  const { demo, al } = await startTogether();
  const answers = await Promise.all(
    [demo, al, demo, al].map((person) => person.create({ name: "spare", runtime: "nodejs:8" })),
  );
  expect(answers.map(({ codes }) => codes.join()).sort()).toEqual([
    "",
    "BAD_USER_INPUT",
    "BAD_USER_INPUT",
    "BAD_USER_INPUT",
  ]);
});
