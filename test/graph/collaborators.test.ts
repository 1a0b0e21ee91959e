import { expect, test } from "vitest";
import { ListCollaboratorsDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";

const repo = { owner: "customer-demo", name: "dev" };

test("demo sees who was let into her repository, and with what rights", async () => {
  const sett = await startSett();
  const { data, errors } = await sett.as("demo").ask(ListCollaboratorsDocument, repo);
  expect(errors).toEqual([]);
  expect(data?.repo?.collaborators).toMatchObject({
    totalCount: 2,
    nodes: [
      { level: "WRITE", user: { login: "customer-al" } },
      { level: "READ", user: { login: "customer-zu" } },
    ],
  });
});

test("al, who writes, is told that the collaborators are not his to see, and the rest is answered", async () => {
  const sett = await startSett();
  const { data, errors } = await sett.as("al").ask(ListCollaboratorsDocument, repo);
  expect(errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "repo:admin" });
  expect(data).toEqual({ viewer: { login: "customer-al" }, repo: { name: "dev", collaborators: null } });
});

test("sixty collaborators come in pages, each once, with the right total", async () => {
  const sett = await startSett();
  const { platform } = sett.sandbox.gitea;
  const logins = Array.from({ length: 60 }, (_, index) => `customer-c${String(index).padStart(2, "0")}`);
  for (const login of logins) {
    platform.addUser({ login, email: `${login}@customer.example` });
    platform.setCollaborator("customer-demo", "dev", login, "read");
  }
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = { ...repo, first: 25, ...(after === undefined ? {} : { after }) };
    const { data } = await sett.as("demo").ask(ListCollaboratorsDocument, page);
    const part = data?.repo?.collaborators;
    expect(part?.totalCount).toBe(62);
    seen.push(...(part?.nodes ?? []).map(({ user }) => user.login));
    after = part?.pageInfo.hasNextPage ? (part.pageInfo.endCursor ?? undefined) : undefined;
  } while (after !== undefined);
  expect(seen).toEqual(["customer-al", "customer-zu", ...logins]);
});

test("a repository of one's own alone has no collaborators", async () => {
  const sett = await startSett();
  const { data } = await sett
    .as("eve")
    .ask(ListCollaboratorsDocument, { owner: "customer-eve", name: "dev" });
  expect(data?.repo?.collaborators).toMatchObject({ totalCount: 0, nodes: [] });
});
