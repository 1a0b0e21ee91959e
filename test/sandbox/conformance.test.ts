import { afterEach, beforeEach, expect, it } from "vitest";
import { startConfigstore } from "../../src/sandbox/configstore/configstore.server.ts";
import { startGitApi } from "../../src/sandbox/git-api/git-api.server.ts";
import { FormBrowser } from "../support/form.browser.ts";
import { startHookListener, type HookListener } from "./hook.listener.ts";
import { recordingOf, type Exchange, type Recording } from "./recording.data.ts";
import { replay, type Difference, type ReplayTargets } from "./recording.replay.ts";
import { startPlatform, type Platform } from "./sandbox.platform.ts";

/** Nothing ever listens on the first port. */
const nowhere = "http://127.0.0.1:1";

let platform: Platform;
let listener: HookListener;
let stops: (() => Promise<void>)[];

beforeEach(async () => {
  platform = await startPlatform();
  listener = await startHookListener();
  stops = [platform.stop, listener.stop];
});

afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
});

it.each(["gitea", "git-api", "configstore"])(
  "the sandbox's %s answers every recorded request with the recorded status and shape, but for the listed deviations",
  async (service) => {
    const recording = recordingOf(service);
    const found = await replay(service, recording, await targets());
    const unlisted = found.filter((each) => !recording.deviations.some((listed) => covers(listed, each)));
    expect(unlisted.map((each) => told(each, recording))).toEqual([]);

    const idle = recording.deviations.flatMap((listed) =>
      listed.n.filter((n) => !found.some((each) => each.n === n && covers(listed, each))),
    );
    expect(idle, "listed deviations that are none").toEqual([]);
  },
);

it("a status, a key, a type, a value or a kind of body that differs from the recording is noticed", async () => {
  const recording = recordingOf("gitea");
  const to = await targets();
  const self = recording.exchanges.find((each): each is Exchange => "status" in each && each.n === 18);
  const user = recording.shapes["user"] as Record<string, string>;
  const noticed = async (change: Partial<Exchange>): Promise<string[]> => {
    const exchanges = [{ ...(self as Exchange), ...change }];
    return (await replay("gitea", { ...recording, exchanges, given: [] }, to)).map(({ what }) => what);
  };
  expect(self?.request).toBe("GET /api/v1/user");
  expect(await noticed({})).toEqual([]);
  expect(await noticed({ status: 401 })).toEqual(["status 200 instead of 401"]);
  expect(await noticed({ total: "1" })).toEqual(["X-Total-Count undefined instead of 1"]);
  expect(await noticed({ answer: { ...user, more: "string" } })).toEqual(["$.more: missing"]);
  expect(await noticed({ answer: { id: "number" } })).toContain("$.login: not in the recording");
  expect(await noticed({ answer: { ...user, id: "string" } })).toEqual(["$.id: number instead of string"]);
  expect(await noticed({ answer: { ...user, is_admin: "=false" } })).toEqual([
    "$.is_admin: true instead of =false",
  ]);
  expect(await noticed({ answer: [] })).toEqual(["$: object instead of a list"]);
  expect(await noticed({ answer: "empty" })).toEqual([
    expect.stringContaining("the body is json instead of empty"),
  ]);
});

async function targets(): Promise<ReplayTargets> {
  const { gitea, gitApi, configstore, adminToken, adminPassword, goBy } = platform;
  const master = await startGitApi({ giteaUrl: gitea.url, adminToken, myRepos: false });
  const unauthorised = await startGitApi({ giteaUrl: gitea.url, adminToken: "b".repeat(40) });
  const cutOff = await startGitApi({ giteaUrl: nowhere, adminToken });
  const cutOffStore = await startConfigstore({ gitApiUrl: nowhere });
  stops.push(master.stop, unauthorised.stop, cutOff.stop, cutOffStore.stop);
  const people = ["demo", "al", "zu", "stranger", "tmp"];
  return {
    servers: {
      gitea: gitea.url,
      "git-api": gitApi.url,
      configstore: configstore.url,
      "git-api of master": master.url,
      "git-api with a bad token": unauthorised.url,
      "git-api without Gitea": cutOff.url,
      "configstore without git-api": cutOffStore.url,
    },
    known: {
      ...Object.fromEntries(people.map((name) => [`password:${name}`, `${name}-password`])),
      "token:admin": adminToken,
      "password:admin": adminPassword,
      listener: listener.url,
      "pad:120 kB": "x".repeat(120_000),
    },
    listener,
    goBy,
    signIn: async (user_name, password, at) => {
      const browser = new FormBrowser();
      await browser.open(gitea.url + at);
      await browser.press("Sign in", { user_name, password });
      await browser.press("Authorize", {}, (to) => to.startsWith(gitea.url));
      return new URL(browser.page.headers.get("location") ?? "").searchParams.get("code") ?? "";
    },
  };
}

function covers(listed: Recording["deviations"][number], { n, what }: Difference): boolean {
  return listed.n.includes(n) && what.startsWith(listed.what);
}

function told({ n, what }: Difference, { exchanges }: Recording): string {
  const entry = exchanges.find((each) => "n" in each && each.n === n) as Partial<Exchange> | undefined;
  return [n, entry?.request ?? "a web hook's call", entry?.note && `(${entry.note})`, what].join(" ");
}
