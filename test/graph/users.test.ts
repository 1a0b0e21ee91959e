import { expect, test } from "vitest";
import { SearchUsersDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";

const addPeople = (sett: Sett, count: number) => {
  for (let index = 10; index < 10 + count; index += 1) {
    const login = `person${index}`;
    sett.sandbox.gitea.platform.addUser({ login, email: `${login}@example.com`, fullName: `Robin ${index}` });
  }
};

test("people are found by a part of their login or name, however it is cased", async () => {
  const sett = await startSett();
  addPeople(sett, 3);
  for (const search of ["PERSON1", "robin"]) {
    const { data, errors } = await sett.as("zu").ask(SearchUsersDocument, { search });
    expect(errors).toEqual([]);
    expect(data?.users?.totalCount).toBe(3);
    expect(data?.users?.nodes[0]).toEqual({ login: "person10", fullName: "Robin 10" });
  }
});

test("seventy people come in pages, each once, with the right total", async () => {
  const sett = await startSett();
  addPeople(sett, 70);
  const seen: string[] = [];
  let after: string | null | undefined;
  do {
    const page = { search: "person", first: 30, after: after ?? null };
    const part = (await sett.as("zu").ask(SearchUsersDocument, page)).data?.users;
    expect(part?.totalCount).toBe(70);
    seen.push(...(part?.nodes.map(({ login }) => login) ?? []));
    after = part?.pageInfo.hasNextPage ? part.pageInfo.endCursor : undefined;
  } while (after);
  expect([seen.length, new Set(seen).size]).toEqual([70, 70]);
});

test("nobody is found where there is nobody", async () => {
  const sett = await startSett();
  const { data } = await sett.as("zu").ask(SearchUsersDocument, { search: "&q=demo" });
  expect(data?.users).toMatchObject({ totalCount: 0, nodes: [], pageInfo: { hasNextPage: false } });
});

test("an account that wants not to be seen is found by site admins alone", async () => {
  const sett = await startSett();
  const hidden = { login: "shy", email: "shy@example.com", visibility: "private" } as const;
  sett.sandbox.gitea.platform.addUser(hidden);
  const total = async (name: "zu" | "admin") =>
    (await sett.as(name).ask(SearchUsersDocument, { search: "shy" })).data?.users?.totalCount;
  expect([await total("zu"), await total("admin")]).toEqual([0, 1]);
});

test.each(["", "  ", "a\nb", "x".repeat(10_000)])("%j is nothing to search for", async (search) => {
  const sett = await startSett();
  const { errors } = await sett.as("zu").ask(SearchUsersDocument, { search });
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "search" }] });
  expect(sett.upstreamCalls().filter((call) => call.includes("search"))).toEqual([]);
});

test.each(["nonsense", "YWZ0ZXI6LTE", "a".repeat(10_000)])("%j is no place in a list", async (after) => {
  const sett = await startSett();
  const { errors } = await sett.as("zu").ask(SearchUsersDocument, { search: "a", after });
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "after" }] });
});
