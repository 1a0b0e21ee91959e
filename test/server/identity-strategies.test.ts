import { expect, test } from "vitest";
import { ServerLetInDocument, ServerRepoDocument, ServerViewerDocument } from "../generated/operations.ts";
import { Unauthenticated } from "../../src/errors.ts";
import { giteaToken, type IdentityStrategy } from "../../src/server/identity.ts";
import { startSett } from "../support/sett.ts";

/** People whom somebody in front of the gateway has made sure of, and who have no token of Gitea's. */
const badge: IdentityStrategy = {
  name: "badge",
  recognise: ({ authorization }) => {
    const login = /^Badge (\S+)$/.exec(authorization ?? "")?.[1];
    return login === undefined ? undefined : { kind: "sudo", login };
  },
};

const startWithBadges = () => startSett({ strategies: [badge, giteaToken] });
const devOfDemo = { owner: "customer-demo", name: "dev" };

test("somebody known by another identity is seen by Gitea as themselves, with their own rights", async () => {
  const sett = await startWithBadges();
  const { data } = await sett.showing("Badge customer-zu").ask(ServerViewerDocument);
  expect(data?.viewer?.login).toBe("customer-zu");
  const zu = await sett.showing("Badge customer-zu").ask(ServerRepoDocument, devOfDemo);
  expect(zu.data?.repo?.viewerPermission).toBe("READ");
  const eve = await sett.showing("Badge customer-eve").ask(ServerRepoDocument, devOfDemo);
  expect(eve.codes).toEqual(["NOT_FOUND"]);
  const { requests } = sett.sandbox.gitea;
  expect(requests.every(({ headers }) => headers["sudo"] !== undefined)).toBe(true);
});

test("what they change is done as themselves, and only with the right to", async () => {
  const sett = await startWithBadges();
  const input = { repo: devOfDemo, login: "customer-eve", level: "READ" } as const;
  const refused = await sett.showing("Badge customer-zu").ask(ServerLetInDocument, { input });
  expect(refused.codes).toEqual(["FORBIDDEN"]);
  expect(sett.sandbox.gitea.platform.accessOf("customer-eve", "customer-demo", "dev")).toBe("none");
  const done = await sett.showing("Badge customer-demo").ask(ServerLetInDocument, { input });
  expect(done.errors).toEqual([]);
  expect(sett.sandbox.gitea.platform.accessOf("customer-eve", "customer-demo", "dev")).toBe("read");
});

test.each([
  ["may not sign in", { prohibitLogin: true }],
  ["is not active", { active: false }],
])("an account that %s is refused, although Gitea would let the gateway act for it", async (_what, state) => {
  const sett = await startWithBadges();
  Object.assign(sett.sandbox.gitea.platform.user("customer-demo"), state);
  const demo = sett.showing("Badge customer-demo");
  expect((await demo.ask(ServerViewerDocument)).codes).toEqual(["UNAUTHENTICATED"]);
  expect((await demo.ask(ServerRepoDocument, devOfDemo)).codes).toEqual(["UNAUTHENTICATED"]);
  const input = { repo: devOfDemo, login: "customer-eve", level: "READ" } as const;
  expect((await demo.ask(ServerLetInDocument, { input })).codes).toEqual(["UNAUTHENTICATED"]);
  expect(sett.sandbox.gitea.platform.accessOf("customer-eve", "customer-demo", "dev")).toBe("none");
});

test("an identity without an account is refused", async () => {
  const sett = await startWithBadges();
  const { codes } = await sett.showing("Badge customer-ghost").ask(ServerViewerDocument);
  expect(codes).toEqual(["UNAUTHENTICATED"]);
});

test.each(["", " ", "customer-demo\n", "../customer-demo", "customer-demo, customer-al"])(
  "an identity that is no possible account's name never makes the gateway act as itself: %j",
  async (login) => {
    const sett = await startSett({
      strategies: [{ name: "any", recognise: () => ({ kind: "sudo", login }) }],
    });
    const { data, codes } = await sett.as("demo").ask(ServerViewerDocument);
    expect([data, codes]).toEqual([{ viewer: null }, ["UNAUTHENTICATED"]]);
    expect(sett.upstreamCalls()).toEqual([]);
  },
);

test("when Gitea refuses the gateway's own token that is an outage, not the caller's fault, and it is logged", async () => {
  const sett = await startWithBadges();
  sett.sandbox.gitea.platform.revokeToken(sett.sandbox.addresses.giteaToken);
  for (const answer of [
    await sett.showing("Badge customer-demo").ask(ServerViewerDocument),
    await sett.showing("Badge customer-demo").ask(ServerRepoDocument, devOfDemo),
  ]) {
    expect(answer.errors).toMatchObject([
      { extensions: { code: "UPSTREAM_UNAVAILABLE", upstream: "gitea" } },
    ]);
  }
  expect(sett.log.entries).toContainEqual(
    expect.objectContaining({ level: 50, msg: "Gitea refuses the gateway's own token" }),
  );
});

test("a token of the gateway's that may not act for others is an outage, not the caller's fault", async () => {
  const sett = await startWithBadges();
  sett.sandbox.gitea.platform.user("lbadmin").isAdmin = false;
  const { errors } = await sett.showing("Badge customer-demo").ask(ServerViewerDocument);
  expect(errors).toMatchObject([{ extensions: { code: "UPSTREAM_UNAVAILABLE", upstream: "gitea" } }]);
});

test("one person known in two ways is not answered from what was kept of the other", async () => {
  const sett = await startWithBadges();
  await sett.as("demo").ask(ServerViewerDocument);
  sett.upstreamCalls();
  await sett.showing("Badge customer-demo").ask(ServerViewerDocument);
  // Whom the gateway's own token speaks for is looked for among people as well.
  expect(sett.upstreamCalls()).toEqual([
    "gitea GET /api/v1/user",
    "gitea GET /api/v1/users/search?uid=1&limit=1",
  ]);
});

test("the first strategy that recognises a request decides, and those behind it are not asked", async () => {
  const asked: string[] = [];
  const always = (name: string, login: string | undefined): IdentityStrategy => ({
    name,
    recognise: () => {
      asked.push(name);
      return login === undefined ? undefined : { kind: "sudo", login };
    },
  });
  const sett = await startSett({
    strategies: [
      always("none", undefined),
      always("al", "customer-al"),
      always("zu", "customer-zu"),
      giteaToken,
    ],
  });
  const { data } = await sett.as("demo").ask(ServerViewerDocument);
  expect(data?.viewer?.login).toBe("customer-al");
  expect(asked).toEqual(["none", "al"]);
});

test("a strategy that refuses its kind of credential is heard: nobody behind it is asked", async () => {
  const strict: IdentityStrategy = {
    name: "strict",
    recognise: async () => {
      throw new Unauthenticated("This badge has expired.");
    },
  };
  const sett = await startSett({ strategies: [strict, giteaToken] });
  const { status, data, errors } = await sett.as("demo").ask(ServerViewerDocument);
  expect([status, data]).toEqual([200, { viewer: null }]);
  expect(errors).toMatchObject([
    { message: "This badge has expired.", extensions: { code: "UNAUTHENTICATED" } },
  ]);
  expect(sett.upstreamCalls()).toEqual([]);
});
