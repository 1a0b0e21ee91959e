import { expect, test, vi } from "vitest";
import { AuditTrailDocument, type AuditTrailQueryVariables } from "../generated/operations.ts";
import { changesOfWorkspaces } from "./mutations.data.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";

const project = { producer: "demo", env: "dev" };

const trail = async (
  sett: Sett,
  { by = "demo", ...variables }: Partial<AuditTrailQueryVariables> & { by?: PersonName } = {},
) => sett.as(by).ask(AuditTrailDocument, { project, ...variables });

const saveFile = (sett: Sett, by: PersonName, path: string) =>
  sett.as(by).askText(
    `mutation Save($path: FilePath!) {
      saveRepoFile(input: { repo: { owner: "customer-demo", name: "dev" }, path: $path, content: "a secret" }) { commitSha }
    }`,
    { path },
  );

const look = (sett: Sett, by: PersonName) => sett.as(by).askText('{ project(producer: "demo") { name } }');

const hello = (sett: Sett, by: PersonName) =>
  sett.as(by).askText(`mutation {
    saveFunction(input: { project: { producer: "demo" }, name: "hello", files: [{ path: "a.txt", text: "a" }] }) { function { name } }
  }`);

/** The trail once so many entries are in it: they are kept after the answers. */
const ofLength = (sett: Sett, length: number, asked: Parameters<typeof trail>[1] = {}) =>
  vi.waitFor(
    async () => {
      const { data, codes } = await trail(sett, asked);
      expect(codes).toEqual([]);
      expect(data?.auditTrail?.entries).toHaveLength(length);
      return data?.auditTrail;
    },
    { timeout: 10_000, interval: 10 },
  );

test("an admin sees who did what and who was refused, the newest first, and nobody else sees any of it", async () => {
  const sett = await startSett();
  await saveFile(sett, "al", "one.txt");
  await ofLength(sett, 1);
  await saveFile(sett, "zu", "two.txt");
  await ofLength(sett, 2);
  await look(sett, "eve");
  await look(sett, "nobody");
  expect(await ofLength(sett, 3)).toMatchObject({
    ...{ hasMore: false, lost: 0, hasFunctions: true },
    entries: [
      { login: "customer-eve", kind: "QUERY", field: "project", outcome: "REFUSED", code: "NOT_FOUND" },
      { login: "customer-zu", field: "saveRepoFile", outcome: "REFUSED", permission: "repo:write" },
      {
        ...{ login: "customer-al", identifiedBy: "gitea-token", kind: "MUTATION", operation: "Save" },
        ...{ outcome: "DONE", code: null, named: [{ argument: "path", value: "one.txt" }] },
      },
    ],
  });

  const ask = async (by: PersonName) => (await trail(sett, { by })).codes;
  expect(await Promise.all((["al", "zu", "eve", "nobody"] as const).map(ask))).toEqual([
    ...[["FORBIDDEN"], ["FORBIDDEN"], ["NOT_FOUND"], ["UNAUTHENTICATED"]],
  ]);
  const hidden = await trail(sett, { by: "eve" });
  const absent = await trail(sett, { by: "eve", project: { producer: "nosuch", env: "dev" } });
  expect(hidden.text).toBe(absent.text);
});

test("whoever is an admin no more sees nothing from then on", async () => {
  const sett = await startSett();
  const share = (field: string, rest: string) =>
    sett
      .as("demo")
      .askText(
        `mutation { ${field}(input: { project: { producer: "demo" }, login: "customer-al"${rest} }) { project { id } } }`,
      );
  await share("shareProject", ", level: ADMIN");
  await ofLength(sett, 1, { by: "al" });
  await share("unshareProject", "");
  expect((await trail(sett, { by: "al" })).codes).toEqual(["NOT_FOUND"]);
});

test("what concerns the functions is shown to those alone who administer them", async () => {
  const sett = await startSett();
  expect((await hello(sett, "demo")).codes).toEqual([]);
  await saveFile(sett, "demo", "one.txt");
  // It is asked for with the project's own permission, and says which function.
  const reconcile = `mutation {
    reconcile(input: { project: { producer: "demo" }, kind: FUNCTION, name: "hello" }) { project { id } }
  }`;
  await sett.as("demo").askText(reconcile);
  expect(await ofLength(sett, 3)).toMatchObject({
    hasFunctions: true,
    entries: expect.arrayContaining([expect.objectContaining({ field: "saveFunction" })]) as object,
  });
  sett.sandbox.gitea.platform.setCollaborator("customer-demo", "dev", "customer-zu", "admin");
  const shown = await ofLength(sett, 2, { by: "zu" });
  expect(shown).toMatchObject({
    hasFunctions: false,
    entries: [{ field: "reconcile" }, { field: "saveRepoFile" }],
  });
  expect(JSON.stringify(shown)).not.toContain("hello");
});

test("a trail is read in parts that leave nothing out and repeat nothing, and by person, outcome and field", async () => {
  const sett = await startSett();
  const paths = Array.from({ length: 7 }, (_, index) => `file-${index}.txt`);
  for (const path of paths) await saveFile(sett, "demo", path);
  await hello(sett, "demo");
  await saveFile(sett, "zu", "refused.txt");
  const whole = await ofLength(sett, 9);
  const positions: unknown[] = [];
  let after: string | null | undefined;
  for (let part = 0; part < 5; part += 1) {
    const { data } = await trail(sett, { first: 2, ...(after ? { after } : {}) });
    positions.push(...(data?.auditTrail?.entries ?? []).map(({ position }) => position));
    after = data?.auditTrail?.endPosition;
    expect(data?.auditTrail?.hasMore).toBe(part < 4);
  }
  expect(positions).toEqual(whole?.entries.map(({ position }) => position));
  await ofLength(sett, 1, { filter: { login: "CUSTOMER-zu" } });
  await ofLength(sett, 8, { filter: { outcome: "DONE" } });
  await ofLength(sett, 1, { filter: { field: "saveFunction", login: "customer-demo" } });
  expect((await trail(sett, { after: "elsewhere" })).codes).toEqual(["BAD_USER_INPUT"]);
});

test("strangers cannot push out what others did, whatever they ask for", async () => {
  const sett = await startSett({ env: { AUDIT_LENGTH: "10" } });
  await saveFile(sett, "demo", "one.txt");
  await ofLength(sett, 1);
  for (const mutate of Object.values(changesOfWorkspaces)) await mutate(sett.as("eve"), "demo");
  await ofLength(sett, 10, { filter: { outcome: "REFUSED" } });
  expect(await ofLength(sett, 1, { filter: { outcome: "DONE" } })).toMatchObject({
    entries: [{ field: "saveRepoFile" }],
  });
});
