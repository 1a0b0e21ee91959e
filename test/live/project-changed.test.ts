import { expect, test } from "vitest";
import { ProjectChangedDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";

const demos = { producer: "demo" };

const save = (rest: string, field = "saveFiles") =>
  `mutation { ${field}(input: { project: { producer: "demo" } ${rest} }) { project { env } } }`;

async function changeFile(sett: Sett, name = "notes") {
  const { codes } = await sett
    .as("demo")
    .askText(save(`files: [{ path: "server/${name}.txt", text: "noted" }]`));
  expect(codes).toEqual([]);
}

test("people on one project see each other's changes: who, what, which entities and the new revision", async () => {
  const sett = await startSett();
  const [demo, al] = [sett.as("demo"), sett.as("al")].map((person) =>
    person.subscribe(ProjectChangedDocument, demos),
  );
  await sett.subscriptionsRun(2);
  const { data } = await sett
    .as("al")
    .askText(
      'mutation { saveServiceEndpoint(input: { project: { producer: "demo" }, serviceEndpoint: { name: "Cars", urls: ["http://cars.example"] } }) { revision serviceEndpoint { id } } }',
    );
  const { revision, serviceEndpoint } = data?.["saveServiceEndpoint"] as {
    revision: string;
    serviceEndpoint: { id: string };
  };
  for (const [watching, viewerPermission] of [
    [demo, "ADMIN"],
    [al, "WRITE"],
  ] as const) {
    expect(await watching?.event()).toEqual({
      data: {
        projectChanged: {
          project: { producer: "demo", env: "dev", viewerPermission },
          by: "customer-al",
          kind: "CANVAS",
          entities: [`serviceEndpoints/${serviceEndpoint.id}`],
          unnamed: 0,
          revision,
          missed: 0,
        },
      },
      errors: [],
      codes: [],
    });
  }
});

test.each([
  ["saveModel", 'name: "Boat"', "MODELS", ["models/Boat"]],
  ["deleteModel", 'name: "Car"', "MODELS", ["models/Car"]],
  ["reorderModels", 'names: ["Car"]', "MODELS", ["models/Car"]],
  ["saveDataSource", 'name: "spare", connector: "memory"', "DATA_SOURCES", ["dataSources/spare"]],
  ["deleteDataSource", 'name: "weather"', "DATA_SOURCES", ["dataSources/weather"]],
  ["saveFiles", 'files: [{ path: "server/a.txt", text: "a" }]', "FILES", ["files/server/a.txt"]],
  ["saveProject", "document: { touched: true }", "CANVAS", ["touched"]],
  ["restartWorkspace", "", "WORKSPACE", []],
  ["resetWorkspace", "", "WORKSPACE", []],
  ["clearProject", "", "CLEARED", []],
])("whoever watches a project is told of %s", async (field, rest, kind, entities) => {
  const sett = await startSett();
  const watching = sett.as("zu").subscribe(ProjectChangedDocument, demos);
  await sett.subscriptionsRun(1);
  expect((await sett.as("demo").askText(save(rest, field))).codes).toEqual([]);
  const { data } = await watching.event();
  expect(data?.projectChanged).toMatchObject({ by: "customer-demo", kind, entities });
});

test("a change that is refused is told to nobody", async () => {
  const sett = await startSett();
  const watching = sett.as("demo").subscribe(ProjectChangedDocument, demos);
  await sett.subscriptionsRun(1);
  expect((await sett.as("zu").askText(save('files: [{ path: "a.txt", text: "a" }]'))).codes).toEqual([
    "FORBIDDEN",
  ]);
  await changeFile(sett, "after");
  expect((await watching.event()).data?.projectChanged.entities).toEqual(["files/server/after.txt"]);
});

test("what an event leads to is read anew for each event", async () => {
  const sett = await startSett();
  const watching = sett
    .as("demo")
    .subscribeText(
      'subscription { projectChanged(producer: "demo") { project { file(path: "server/notes.txt") { text } } } }',
    );
  await sett.subscriptionsRun(1);
  for (const text of ["first", "second"]) {
    await sett.as("demo").askText(save(`files: [{ path: "server/notes.txt", text: "${text}" }]`));
    expect((await watching.event()).data).toEqual({ projectChanged: { project: { file: { text } } } });
  }
});

test("one who goes leaves nothing behind", async () => {
  const sett = await startSett();
  const watching = sett.as("demo").subscribe(ProjectChangedDocument, demos);
  await sett.subscriptionsRun(1);
  expect(await sett.measured('sett_hub{count="subscribers"}')).toBe(1);
  await watching.return();
  await sett.subscriptionsRun(0);
  expect(await sett.measured('sett_hub{count="subscribers"}')).toBe(0);
  expect(await sett.measured('sett_hub{count="topics"}')).toBe(0);
});
