import { afterAll, beforeAll, expect, test } from "vitest";
import type { TokenChanges } from "../../src/sandbox/oidc/issuer.server.ts";
import { ServerLetInDocument, ServerRepoDocument, ServerViewerDocument } from "../generated/operations.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";

const devOfDemo = { owner: "customer-demo", name: "dev" };
const letEveIn = { input: { repo: devOfDemo, login: "customer-eve", level: "READ" } } as const;

/** Somebody who shows an identity token. */
const byToken = async (sett: Sett, name: string, changes?: TokenChanges) =>
  sett.showing(`Bearer ${await sett.sandbox.oidc.idToken(name, changes)}`);

const stops: (() => Promise<void>)[] = [];
let sett: Sett;
beforeAll(async () => {
  sett = await startSett({ env: { OIDC_ADMINS: "true" }, until: (stop) => stops.push(stop) });
});
afterAll(async () => {
  for (const stop of stops) await stop();
});

/** What tells apart who may do what: an owner, one who may write, one who may read, a stranger, an admin. */
const questions = [
  "{ viewer { login projects { nodes { name env } } } }",
  '{ repo(owner: "customer-demo", name: "dev") { name viewerPermission } }',
  '{ repo(owner: "customer-demo", name: "functions") { name viewerPermission } }',
  '{ project(producer: "demo") { name viewerPermission functions { name } } }',
  '{ producer(name: "eve") { name } }',
  "{ platform { producersByState { ready } } }",
  `mutation { saveRepoFile(input: { repo: { owner: "customer-demo", name: "dev" }, path: "none.txt", content: "a",
    sha: "0000000000000000000000000000000000000000" }) { commitSha } }`,
];

const wordsOf = (text: string) => text.replaceAll(/"requestId":"[^"]*"/g, "");

test.each<PersonName>(["demo", "al", "zu", "eve", "admin"])(
  "%s is told the same by an identity token as by a token of Gitea's",
  async (name) => {
    const one = await byToken(sett, name);
    for (const question of questions) {
      const [shown, own] = [await one.askText(question), await sett.as(name).askText(question)];
      expect(shown.codes).not.toContain("GRAPHQL_VALIDATION_FAILED");
      expect(wordsOf(shown.text)).toBe(wordsOf(own.text));
    }
  },
);

test("Gitea is asked as the person, by the gateway's token, and never hears of theirs", async () => {
  const zu = await byToken(sett, "zu");
  sett.sandbox.gitea.clearRequests();
  // What changes something is asked for anew.
  expect((await zu.ask(ServerLetInDocument, letEveIn)).codes).toEqual(["FORBIDDEN"]);
  const { requests } = sett.sandbox.gitea;
  expect(requests.length).toBeGreaterThan(0);
  for (const { headers } of requests) {
    expect(headers).toMatchObject({
      sudo: "customer-zu",
      authorization: `token ${sett.sandbox.addresses.giteaToken}`,
    });
  }
});

test("a change is made as the person, and only with the right to", async () => {
  const { platform } = sett.sandbox.gitea;
  expect((await (await byToken(sett, "al")).ask(ServerLetInDocument, letEveIn)).codes).toEqual(["FORBIDDEN"]);
  expect(platform.accessOf("customer-eve", "customer-demo", "dev")).toBe("none");
  expect((await (await byToken(sett, "demo")).ask(ServerLetInDocument, letEveIn)).errors).toEqual([]);
  expect(platform.accessOf("customer-eve", "customer-demo", "dev")).toBe("read");
  platform.removeCollaborator("customer-demo", "dev", "customer-eve");
});

test("whom a request says to be besides, in a header of Gitea's or in its address, counts for nothing", async () => {
  const token = await sett.sandbox.oidc.idToken("eve");
  const response = await fetch(`${sett.url}/graphql?sudo=customer-demo`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
      sudo: "customer-demo",
      "x-forwarded-user": "customer-demo",
    },
    body: JSON.stringify({ query: "{ viewer { login } }" }),
  });
  expect(await response.json()).toEqual({ data: { viewer: { login: "customer-eve" } } });
});

test("a token that was looked into once is not looked into again, and its issuer not asked", async () => {
  const own = await startSett();
  const demo = await byToken(own, "demo");
  await demo.ask(ServerViewerDocument);
  const first = own.sandbox.oidc.requests.map(({ path }) => path);
  expect(first).toEqual(["/.well-known/openid-configuration", "/keys"]);
  for (let times = 0; times < 3; times += 1) await demo.ask(ServerViewerDocument);
  expect(own.sandbox.oidc.requests).toHaveLength(2);
});

test("a site admin of Gitea's is not let in by an identity token unless OIDC_ADMINS says so", async () => {
  const own = await startSett();
  const admin = await byToken(own, "admin");
  const { codes, errors } = await admin.ask(ServerViewerDocument);
  expect([codes, errors[0]?.message]).toEqual([
    ["UNAUTHENTICATED"],
    "Site admins are let in by a token of Gitea's only.",
  ]);
  expect((await admin.ask(ServerRepoDocument, devOfDemo)).codes).toEqual(["UNAUTHENTICATED"]);
  expect((await admin.ask(ServerLetInDocument, letEveIn)).codes).toEqual(["UNAUTHENTICATED"]);
  expect(own.sandbox.gitea.platform.accessOf("customer-eve", "customer-demo", "dev")).toBe("none");
  expect((await own.as("admin").ask(ServerViewerDocument)).data?.viewer?.login).toBe("lbadmin");
});

test("an organisation is nobody, whatever it owns: neither to read as nor to write as", async () => {
  const own = await startSett({ env: { OIDC_ADMINS: "true" } });
  const { platform } = own.sandbox.gitea;
  const login = "customer-guild";
  platform.addUser({ login, email: "guild@sandbox.example", isOrganization: true });
  platform.addRepository(login, "dev", { files: { "a.txt": "a" } });
  const guild = await byToken(own, login);
  const { codes, errors } = await guild.ask(ServerViewerDocument);
  expect([codes, errors[0]?.message]).toEqual([
    ["UNAUTHENTICATED"],
    "Nobody on this platform has that identity.",
  ]);
  const repo = { owner: login, name: "dev" };
  expect((await guild.ask(ServerRepoDocument, repo)).codes).toEqual(["UNAUTHENTICATED"]);
  const letIn = { input: { repo, login: "customer-eve", level: "READ" } } as const;
  expect((await guild.ask(ServerLetInDocument, letIn)).codes).toEqual(["UNAUTHENTICATED"]);
  expect(platform.accessOf("customer-eve", login, "dev")).toBe("none");
});

test("a person whom Gitea shows to nobody else is let in", async () => {
  const own = await startSett();
  own.sandbox.gitea.platform.user("customer-zu").visibility = "private";
  expect((await (await byToken(own, "zu")).ask(ServerViewerDocument)).data?.viewer?.login).toBe(
    "customer-zu",
  );
});

test.each([
  ["may not sign in", { prohibitLogin: true }],
  ["is not active", { active: false }],
])("one whose account %s is refused from then on, also what was let in before", async (_what, state) => {
  const own = await startSett({ env: { VIEWER_TTL: "200ms" } });
  const demo = await byToken(own, "demo");
  expect((await demo.ask(ServerRepoDocument, devOfDemo)).codes).toEqual([]);
  Object.assign(own.sandbox.gitea.platform.user("customer-demo"), state);
  // A change asks whatever is kept.
  expect((await demo.ask(ServerLetInDocument, letEveIn)).codes).toEqual(["UNAUTHENTICATED"]);
  expect(own.sandbox.gitea.platform.accessOf("customer-eve", "customer-demo", "dev")).toBe("none");
  await expect
    .poll(async () => (await demo.ask(ServerRepoDocument, devOfDemo)).codes, {
      timeout: 10_000,
      interval: 50,
    })
    .toEqual(["UNAUTHENTICATED"]);
  expect((await demo.ask(ServerViewerDocument)).codes).toEqual(["UNAUTHENTICATED"]);
});

test("one who has to change their password in Gitea first is let in: their own tokens are not", async () => {
  const own = await startSett();
  own.sandbox.gitea.platform.user("customer-zu").mustChangePassword = true;
  const zu = await byToken(own, "zu");
  expect((await zu.ask(ServerRepoDocument, devOfDemo)).data?.repo?.viewerPermission).toBe("READ");
  expect((await own.as("zu").ask(ServerViewerDocument)).codes).toEqual(["UNAUTHENTICATED"]);
});
