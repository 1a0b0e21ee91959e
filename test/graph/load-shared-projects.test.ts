import { expect, test } from "vitest";
import { LoadSharedProjectsDocument } from "../generated/operations.ts";
import { startSett, type Person, type PersonName, type Sett } from "../support/sett.ts";
import { hostileNames } from "./hostile-names.ts";

const asCanvas =
  '{ loadSharedProjects(username:"al") { username, sharedProjects { username, projects { name, permissions { admin, push, pull } } } } }';

const load = (person: Person, username: string) => person.ask(LoadSharedProjectsDocument, { username });

const owners = async (sett: Sett, username: string, as: PersonName) =>
  (await load(sett.as(as), username)).data?.loadSharedProjects?.sharedProjects.map((each) => each.username);

/** A producer of whom al was let into some repositories. */
const share = (
  sett: Sett,
  producer: string,
  levels: Partial<Record<"dev" | "functions", "read" | "write">>,
) => {
  const { platform } = sett.sandbox.gitea;
  const login = `customer-${producer}`;
  platform.addUser({ login, email: `${login}@customer.example` });
  for (const name of ["dev", "functions"] as const) {
    platform.addRepository(login, name);
    const level = levels[name];
    if (level) platform.setCollaborator(login, name, "customer-al", level);
  }
};

test("the canvas is answered at /gql as it always was", async () => {
  const sett = await startSett();
  const response = await fetch(`${sett.url}/gql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "token al-token" },
    body: JSON.stringify({ query: asCanvas }),
  });
  expect(response.status).toBe(200);
  const dev = (admin: boolean) => [{ name: "dev", permissions: { admin, push: true, pull: true } }];
  expect(await response.json()).toEqual({
    data: {
      loadSharedProjects: {
        username: "al",
        sharedProjects: [
          { username: "al", projects: dev(true) },
          { username: "demo", projects: dev(false) },
        ],
      },
    },
  });
});

test("one's own comes first, then the others by name, regardless of case", async () => {
  const sett = await startSett();
  for (const producer of ["Zebra", "aardvark", "Badger", "yak"]) {
    share(sett, producer, { dev: "write", functions: "write" });
  }
  expect(await owners(sett, "al", "al")).toEqual(["al", "aardvark", "badger", "demo", "yak", "zebra"]);
});

test("only those count of whom both project and functions can be read and changed", async () => {
  const sett = await startSett();
  share(sett, "whole", { dev: "write", functions: "write" });
  share(sett, "devonly", { dev: "write" });
  share(sett, "functionsonly", { functions: "write" });
  share(sett, "halfread", { dev: "write", functions: "read" });
  share(sett, "readonly", { dev: "read", functions: "read" });
  expect(await owners(sett, "al", "al")).toEqual(["al", "demo", "whole"]);
  expect(await owners(sett, "zu", "zu")).toEqual(["zu"]);
});

test("more than a page of Gitea's is read to the end", async () => {
  const sett = await startSett();
  for (let index = 100; index < 160; index += 1)
    share(sett, `p${index}`, { dev: "write", functions: "write" });
  expect(await owners(sett, "al", "al")).toHaveLength(62);
});

test("an admin loads anybody's, and learns that there is no such producer", async () => {
  const sett = await startSett();
  expect(await owners(sett, "al", "admin")).toEqual(["al", "demo"]);
  expect((await load(sett.as("admin"), "nobody")).codes).toEqual(["NOT_FOUND"]);
});

test("nobody else loads another's, and is not told whether there is such a producer", async () => {
  const sett = await startSett();
  const existing = await load(sett.as("al"), "demo");
  const absent = await load(sett.as("al"), "nobody");
  expect(existing.codes).toEqual(["FORBIDDEN"]);
  expect(existing.text).toBe(absent.text);
  expect(new Set(sett.upstreamCalls())).toEqual(new Set(["gitea GET /api/v1/user"]));
});

test.each(Object.entries(hostileNames))(
  "a username may not be %s, and nobody is asked anything",
  async (_kind, username) => {
    const sett = await startSett();
    const query = "query ($username: String!) { loadSharedProjects(username: $username) { username } }";
    const { errors } = await sett.as("admin").askText(query, { username });
    expect(errors[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      problems: [{ field: "username" }],
    });
    expect(sett.upstreamCalls()).toEqual([]);
  },
);
