import { expect, test } from "vitest";
import { ReadProjectDocument, ViewerProjectsDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { hostileNames } from "./hostile-names.ts";

test("al reads demo's project, its repositories, and what he may do with each", async () => {
  const sett = await startSett();
  const { data, errors } = await sett.as("al").ask(ReadProjectDocument, { producer: "demo" });
  expect(errors).toEqual([]);
  expect(data?.project).toMatchObject({
    producer: "demo",
    env: "dev",
    viewerPermission: "WRITE",
    viewerFunctionsPermission: "WRITE",
    enabled: true,
    repo: { name: "dev", viewerPermission: "WRITE" },
    functionsRepo: { name: "functions", viewerPermission: "WRITE" },
  });
});

test("to zu, who reads demo's dev alone, the functions are as absent as if they were not there", async () => {
  const sett = await startSett();
  const hidden = await sett.as("zu").ask(ReadProjectDocument, { producer: "demo" });
  expect(hidden.data?.project).toMatchObject({
    repo: { name: "dev", viewerPermission: "READ" },
    viewerFunctionsPermission: null,
    functionsRepo: null,
  });
  expect(hidden.codes).toEqual(["NOT_FOUND"]);
  const other = await startSett();
  other.sandbox.gitea.platform.removeRepository("customer-demo", "functions");
  expect((await other.as("zu").ask(ReadProjectDocument, { producer: "demo" })).text).toBe(hidden.text);
});

test("a hidden project, an absent one and one in an unknown environment look the same, byte for byte", async () => {
  const sett = await startSett();
  const asked = [{ producer: "demo" }, { producer: "nobody" }, { producer: "eve", env: "prod" }];
  const answers = await Promise.all(asked.map((each) => sett.as("eve").ask(ReadProjectDocument, each)));
  expect(answers[0]?.codes).toEqual(["NOT_FOUND"]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

test("a repository that is no environment's is no project, even for its owner", async () => {
  const sett = await startSett();
  const { codes } = await sett.as("demo").ask(ReadProjectDocument, { producer: "demo", env: "functions" });
  expect(codes).toEqual(["NOT_FOUND"]);
});

test.each(Object.entries(hostileNames))(
  "neither producer nor environment may be %s, and Gitea is asked for nothing but who is asking",
  async (_kind, name) => {
    const sett = await startSett();
    const { errors } = await sett.as("demo").ask(ReadProjectDocument, { producer: name, env: name });
    const problems = errors[0]?.extensions["problems"] as { field: string }[];
    expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(problems.map(({ field }) => field).sort()).toEqual(["env", "producer"]);
    expect(sett.upstreamCalls()).toEqual(["gitea GET /api/v1/user"]);
  },
);

test("a hundred and twenty shared projects are listed once each, one's own first, with the right totals", async () => {
  const sett = await startSett();
  const { platform } = sett.sandbox.gitea;
  const producers = Array.from({ length: 120 }, (_, index) => `p${String(index).padStart(3, "0")}`);
  for (const producer of producers.toReversed()) {
    const login = `customer-${producer}`;
    platform.addUser({ login, email: `${producer}@customer.example` });
    for (const name of ["dev", "functions", "notes"]) {
      platform.addRepository(login, name);
      platform.setCollaborator(login, name, "customer-zu", "write");
    }
  }
  const seen: string[] = [];
  let after: string | null | undefined;
  do {
    const page = { first: 50, after: after ?? null };
    const part = (await sett.as("zu").ask(ViewerProjectsDocument, page)).data?.viewer?.projects;
    expect(part?.totalCount).toBe(122);
    expect(part?.pageInfo.hasPreviousPage).toBe(seen.length > 0);
    expect(part?.pageInfo.endCursor).toBe(part?.edges.at(-1)?.cursor);
    seen.push(...(part?.edges.map(({ node }) => node.producer) ?? []));
    after = part?.pageInfo.hasNextPage ? part.pageInfo.endCursor : undefined;
  } while (after);
  expect(seen).toEqual(["zu", "demo", ...producers]);
});

test("a place beyond the end of a list has nothing after it, and the total stays", async () => {
  const sett = await startSett();
  const beyond = Buffer.from("after:500").toString("base64url");
  const { data } = await sett.as("zu").ask(ViewerProjectsDocument, { after: beyond });
  expect(data?.viewer?.projects).toMatchObject({
    totalCount: 2,
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: true, endCursor: null },
  });
});
