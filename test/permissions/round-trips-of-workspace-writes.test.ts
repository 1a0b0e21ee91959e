import { expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";
import {
  calls,
  sorted,
  theDataSources,
  theDocument,
  theFiles,
  theModels,
  thePermission,
} from "./workspace.calls.ts";

const longMemory = { PERMISSION_TTL: "10m", VIEWER_TTL: "10m" };

const twenty = Array.from({ length: 20 }, (_, number) => ({ name: `property${number}`, type: "string" }));
const garage = {
  name: "Garage",
  properties: twenty,
  relations: [{ name: "cars", type: "hasMany", model: "Car" }],
  methods: [{ name: "nearest" }],
  config: { dataSource: "memory" },
};
const [first, ...others] = twenty;
const oneChanged = { name: "Garage", properties: [{ ...first, description: "Where." }, ...others] };

const fields = {
  saveModel: "outcome",
  deleteModel: "deletedName",
  saveProject: "outcome",
  saveDataSource: "outcome",
  saveFiles: "deleted",
} as const;
type Mutation = keyof typeof fields;

async function write(sett: Sett, mutation: Mutation, input: object): Promise<void> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields[mutation]} } }`;
  const { errors } = await sett
    .as("demo")
    .askText(query, { input: { project: { producer: "demo" }, ...input } });
  expect(errors).toEqual([]);
}

const readTwice = (...reads: readonly string[]) => [...reads, ...reads];
const posted = (collection: string) => `workspace-api POST /${collection}`;
const wholeModel = [
  "ModelDefinitions",
  "ModelMethods",
  "ModelProperties",
  "ModelRelations",
  "ModelConfigs",
].map(posted);

test.each<[string, Mutation, object, readonly string[]]>([
  [
    "a new model of 20 properties",
    "saveModel",
    { ...garage, name: "House", methods: [{ name: "oldest" }] },
    [theDataSources, ...wholeModel],
  ],
  ["one changed property of 20", "saveModel", oneChanged, [posted("ModelProperties")]],
  [
    "a renamed model, whose old files go",
    "saveModel",
    { name: "House", renamedFrom: "Garage" },
    [
      ...wholeModel,
      ...readTwice(theFiles),
      "workspace-api DELETE /ModelConfigs/server.Garage",
      "project-api PUT /WorkspaceFiles/files",
    ],
  ],
])(
  "of %s what differs is sent, between one look before and one after",
  async (_, mutation, input, expected) => {
    const sett = await startSett({ env: longMemory });
    await write(sett, "saveModel", garage);
    calls(sett);
    await write(sett, mutation, input);
    expect(calls(sett)).toEqual(sorted([thePermission, ...readTwice(...theModels), ...expected]));
  },
);

test("a deleted model that nothing is connected to costs what it has, and a look before and after", async () => {
  const sett = await startSett();
  await write(sett, "saveModel", garage);
  calls(sett);
  await write(sett, "deleteModel", { name: "Garage" });
  expect(calls(sett)).toEqual(
    sorted([
      thePermission,
      ...readTwice(theDocument, ...theModels),
      "workspace-api DELETE /ModelConfigs/server.Garage",
      theFiles,
      "project-api PUT /WorkspaceFiles/files",
    ]),
  );
});

test.each<[Mutation, object, string, string]>([
  ["saveProject", { document: { portals: [] } }, theDocument, "project-api PATCH /Projects/demo-dev"],
  ["saveDataSource", { name: "shed", connector: "memory" }, theDataSources, posted("DataSourceDefinitions")],
  [
    "saveFiles",
    {
      files: [
        { path: "server/one.txt", text: "1" },
        { path: "server/two.txt", text: "2" },
      ],
    },
    theFiles,
    "project-api PUT /WorkspaceFiles/files",
  ],
])("%s is one write between one look before and one after", async (mutation, input, look, expected) => {
  const sett = await startSett();
  await write(sett, mutation, input);
  expect(calls(sett)).toEqual(sorted([thePermission, look, expected, look]));
});

test.each<[Mutation, object, readonly string[]]>([
  ["saveModel", garage, [...theModels, theDataSources]],
  ["saveProject", { document: { portals: [] } }, [theDocument]],
  ["saveDataSource", { name: "shed", connector: "memory" }, [theDataSources]],
  ["saveFiles", { files: [{ path: "server/one.txt", text: "1" }] }, [theFiles]],
])("%s of what is there already is a look, and no write", async (mutation, input, looks) => {
  const sett = await startSett({ env: longMemory });
  await write(sett, mutation, input);
  calls(sett);
  await write(sett, mutation, input);
  expect(calls(sett)).toEqual(sorted([thePermission, ...looks]));
});
