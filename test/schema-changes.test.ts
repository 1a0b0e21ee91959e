import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { schemaDifferences } from "../scripts/schema.differences.ts";
import { schemaHash } from "../src/version.ts";

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const released = read("schema.released.graphql");

/** The released schema with one thing written otherwise, which has to be in it. */
function changed(from: string | RegExp, to: string): string {
  const current = released.replace(from, to);
  expect(current).not.toBe(released);
  return current;
}

const compared = (current: string, changelog = "# Changelog\n\n## Unreleased\n\n- Nothing.\n") =>
  schemaDifferences({ released, current, changelog });

const namesOf = (differences: readonly { readonly at: string }[]) => differences.map(({ at }) => at);

const announcing = (coordinate: string) =>
  `# Changelog\n\n## Unreleased\n\n- New.\n\n### Breaking\n\n- \`${coordinate}\` is gone.\n\n## 0.1.0\n\n- Old.\n`;

const viewerLogin = /(?<=^type Viewer \{[^}]*?)"""[^"]*"""\n {2}login: [^\n]*\n/m;

test("what this schema breaks of the last release is in the changelog, and all documents fit it", async () => {
  const files = readdirSync(new URL("../documents", import.meta.url)).map((name) => `documents/${name}`);
  const documents = Object.fromEntries(files.map((name) => [name, read(name)]));
  const { unannounced, misfits } = await schemaDifferences({
    released,
    current: read("schema.graphql"),
    changelog: read("CHANGELOG.md"),
    documents,
    releasedDocuments: JSON.parse(read("trusted-documents.released.json")) as Record<string, string>,
  });
  expect(files.length).toBeGreaterThan(10);
  expect({ unannounced, misfits }).toEqual({ unannounced: [], misfits: [] });
});

test("what the last release's clients ask keeps running, unless the changelog says that it does not", async () => {
  const current = changed(viewerLogin, "");
  const releasedDocuments = {
    one: "query WhoAmI { viewer { ...Asker } } fragment Asker on Viewer { login }",
    another: "query Other { __typename }",
  };
  const before = await schemaDifferences({
    ...{ released, current, releasedDocuments },
    changelog: announcing("Viewer.login"),
  });
  expect(before.unannounced).toEqual([
    {
      at: "query WhoAmI",
      message: expect.stringContaining('Cannot query field "login" on type "Viewer"') as string,
    },
  ]);
  const changelog = announcing("Viewer.login").replace(
    "## 0.1.0",
    "- `query WhoAmI` is refused.\n\n## 0.1.0",
  );
  const after = await schemaDifferences({ released, current, releasedDocuments, changelog });
  expect([after.unannounced, namesOf(after.announced)]).toEqual([[], ["Viewer.login", "query WhoAmI"]]);
});

test("the released schema names the version and the hash that a gateway tells of it", () => {
  const [first = "", ...rest] = released.split("\n");
  expect(first).toContain(` ${schemaHash(rest.join("\n"))} `);
  expect(first).toMatch(/^# Released as \d+\.\d+\.\d+\./);
});

test("the schema as it was is no change", async () => {
  expect(await compared(released)).toEqual({
    unannounced: [],
    announced: [],
    dangerous: [],
    harmless: 0,
    misfits: [],
  });
});

test("a field that is taken away breaks clients, and is named", async () => {
  const { unannounced } = await compared(changed(viewerLogin, ""));
  expect(namesOf(unannounced)).toEqual(["Viewer.login"]);
});

test("it does not once the changelog's unreleased part says so", async () => {
  const { unannounced, announced } = await compared(changed(viewerLogin, ""), announcing("Viewer.login"));
  expect(unannounced).toEqual([]);
  expect(namesOf(announced)).toEqual(["Viewer.login"]);
});

test.each([
  ["another field", announcing("Viewer.id")],
  [
    "a release that is out",
    "## Unreleased\n\n- New.\n\n## 0.2.0\n\n### Breaking\n\n- `Viewer.login` is gone.\n",
  ],
  ["another heading", "## Unreleased\n\n### New\n\n- `Viewer.login` is gone.\n"],
])("what the changelog says of %s announces nothing", async (_where, changelog) => {
  const { unannounced } = await compared(changed(viewerLogin, ""), changelog);
  expect(namesOf(unannounced)).toEqual(["Viewer.login"]);
});

test("what is added breaks nothing", async () => {
  const current = changed(viewerLogin, '$&\n  """New."""\n  shoeSize: Int\n');
  const { unannounced, harmless } = await compared(current);
  expect(unannounced).toEqual([]);
  expect(harmless).toBe(1);
});

test("an argument that is needed from now on breaks clients, and is named as GraphQL names it", async () => {
  const current = changed("  viewerCan(\n", '  viewerCan(\n    """New."""\n    because: String!\n');
  const { unannounced } = await compared(current);
  expect(namesOf(unannounced)).toEqual(["Project.viewerCan(because:)"]);
});

const restarted = (part: string) => changed("part: WorkspacePart! = PROJECT", part);
const previousPods = (previous: string) => changed("previous: Boolean! = false", previous);

test.each([
  ["an input's field loses", restarted("part: WorkspacePart!"), "RestartWorkspaceInput.part"],
  ["an input's field has another for", restarted("part: WorkspacePart! = POD"), "RestartWorkspaceInput.part"],
  ["an argument loses", previousPods("previous: Boolean!"), "Pod.logs(previous:)"],
  ["an argument has another for", previousPods("previous: Boolean! = true"), "Pod.logs(previous:)"],
  [
    "an argument now has, and had none,",
    changed("container: String\n", 'container: String = "main"\n'),
    "Pod.logs(container:)",
  ],
])("%s its default breaks whoever leaves it out", async (_what, current, at) => {
  const { unannounced, dangerous } = await compared(current);
  expect(namesOf(unannounced)).toEqual([at]);
  expect(dangerous).toEqual([]);
  expect(namesOf((await compared(current, announcing(at))).announced)).toEqual([at]);
});

test("a default for what nobody could leave out breaks nobody", async () => {
  const current = changed(/(?<=^input SetCollaboratorInput \{[^}]*level: PermissionLevel!)/m, " = READ");
  const { unannounced, dangerous } = await compared(current);
  expect(unannounced).toEqual([]);
  expect(namesOf(dangerous)).toEqual(["SetCollaboratorInput.level"]);
});

test("an input of which one field alone may be given from now on breaks clients", async () => {
  const current = changed("input ProjectRef {", "input ProjectRef @oneOf {");
  expect(namesOf((await compared(current)).unannounced)).toEqual(["ProjectRef"]);
  expect((await compared(current, announcing("ProjectRef"))).unannounced).toEqual([]);
  const lifted = await schemaDifferences({ released: current, current: released, changelog: "" });
  expect(lifted).toMatchObject({ unannounced: [], dangerous: [], harmless: 1 });
});

test("no subscriptions any more breaks clients, and is announced by the type that had them", async () => {
  const current = changed("\n  subscription: Subscription\n", "\n");
  expect(namesOf((await compared(current)).unannounced)).toEqual(["Subscription"]);
  expect((await compared(current, announcing("Subscription"))).unannounced).toEqual([]);
});

const revision = 'revision: Revision @can(permission: "project:read", on: "parent")';

test.each([
  ["a higher rung", 'revision: Revision @can(permission: "project:write", on: "parent")'],
  ["a permission more", `${revision} @can(permission: "functions:read", on: "parent")`],
  ["a permission over something else", 'revision: Revision @can(permission: "repo:read", on: "parent")'],
  ["the same about something else", 'revision: Revision @can(permission: "project:read", on: "args")'],
])("asking for %s shuts people out, and so breaks clients", async (_what, stricter) => {
  const { unannounced } = await compared(changed(revision, stricter));
  expect(namesOf(unannounced)).toEqual(["Project.revision"]);
  expect(unannounced[0]?.message).toContain("It asked for project:read");
});

test("guarding what was open shuts people out as well", async () => {
  const open = "viewerPermission: PermissionLevel!";
  const guarded = `${open} @can(permission: "project:admin", on: "parent")`;
  const { unannounced } = await compared(changed(open, guarded));
  expect(namesOf(unannounced)).toEqual(["Project.viewerPermission"]);
});

test("an interface that asks for more shuts people out as well", async () => {
  const guarded = '$& @can(permission: "project:admin", on: "parent")';
  const { unannounced } = await compared(
    changed(/(?<=^interface ProjectWrite \{[^}]*)project: Project!/m, guarded),
  );
  expect(namesOf(unannounced)).toEqual(["ProjectWrite.project"]);
});

test.each([
  ["nothing", "revision: Revision"],
  ["no more than being signed in", 'revision: Revision @can(permission: "viewer")'],
])("asking for %s is told as dangerous, and breaks nobody", async (_what, laxer) => {
  const { unannounced, dangerous } = await compared(changed(revision, laxer));
  expect(unannounced).toEqual([]);
  expect(namesOf(dangerous)).toEqual(["Project.revision"]);
});

test("a document that asks for what is not there does not fit", async () => {
  const documents = { "documents/lost.graphql": "query Lost { viewer { shoeSize } }" };
  const { misfits } = await schemaDifferences({ released, current: released, changelog: "", documents });
  expect(namesOf(misfits)).toEqual(["documents/lost.graphql"]);
  expect(misfits[0]?.message).toContain('"shoeSize" on type "Viewer"');
});
