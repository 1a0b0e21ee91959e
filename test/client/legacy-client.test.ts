import { GraphQLClient, request } from "graphql-request";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";

const stops: (() => Promise<void>)[] = [];
let sett: Sett;

beforeAll(async () => {
  sett = await startSett({ until: (stop) => stops.push(stop) });
});
afterAll(async () => {
  for (const stop of stops) await stop();
});

const headers = { authorization: "token al-token" };

/** As canvases write it: names in the text, and no variables. */
const shared = (name: string) =>
  `{ loadSharedProjects(username:"${name}") { username, sharedProjects { username, projects { name, permissions { admin, push, pull } } } } }`;

test.each(["/gql", "/graphql"])(
  "the client that canvases have now gets its shared projects at %s",
  async (path) => {
    const answer = await new GraphQLClient(`${sett.url}${path}`, { headers }).request(shared("al"));
    const permissions = (admin: boolean) => ({ admin, push: true, pull: true });
    expect(answer).toEqual({
      loadSharedProjects: {
        username: "al",
        sharedProjects: [
          { username: "al", projects: [{ name: "dev", permissions: permissions(true) }] },
          { username: "demo", projects: [{ name: "dev", permissions: permissions(false) }] },
        ],
      },
    });
  },
);

test("it throws what is refused, with the code where it looks for it, and what was answered all the same", async () => {
  const refused = await new GraphQLClient(`${sett.url}/gql`, { headers })
    .request(`{ viewer { login } loadSharedProjects(username: "demo") { username } }`)
    .catch((error: unknown) => error);
  expect(refused).toMatchObject({
    response: {
      status: 200,
      data: { viewer: { login: "customer-al" }, loadSharedProjects: null },
      errors: [{ message: expect.any(String) as unknown, extensions: { code: "FORBIDDEN" } }],
    },
  });
});

test("without a credential it is told to sign in", async () => {
  const refused = await request(`${sett.url}/gql`, shared("al")).catch((error: unknown) => error);
  expect(refused).toMatchObject({ response: { errors: [{ extensions: { code: "UNAUTHENTICATED" } }] } });
});
