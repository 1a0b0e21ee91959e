import type { BrowserContext, Page } from "@playwright/test";
import { startForeignPage } from "./foreign.page.ts";
import { expect, test } from "./gateway.fixture.ts";

const pages = [
  { name: "explorer", path: "/" },
  { name: "board", path: "/board" },
] as const;

/** Goes from a page of the gateway's to Gitea, and there becomes somebody. */
async function goToGitea(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in with Gitea" }).click();
  await page.getByRole("button", { name: `Sign in as ${name}` }).click();
}

async function signIn(page: Page, name: string): Promise<void> {
  await goToGitea(page, name);
  await page.getByRole("button", { name: "Authorize" }).click();
  await expect(page.getByText(`customer-${name}`).first()).toBeVisible();
}

const sessionCookie = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name === "sett_session");

/** What the gateway says of this browser's session. */
const session = async (page: Page): Promise<unknown> => (await page.request.get("/session")).json();

// Gitea asks for consent but once; here everybody is asked.
test.beforeEach(({ sett }) => {
  for (const name of ["demo", "al", "zu", "eve"]) sett.sandbox.gitea.oauth.revokeGrant(`customer-${name}`);
});

for (const { name, path } of pages) {
  test(`who signs in on the ${name} is back there as oneself, also after a reload and in another tab`, async ({
    page,
    context,
    gatewayUrl,
  }) => {
    await page.goto(path);
    await signIn(page, "al");
    expect(page.url()).toBe(new URL(path, gatewayUrl).href);
    await page.reload();
    await expect(page.getByText("customer-al").first()).toBeVisible();
    const other = await context.newPage();
    await other.goto(path);
    await expect(other.getByText("customer-al").first()).toBeVisible();
  });
}

test("a session is a cookie that no script reads and no other site sends", async ({ page, context }) => {
  await page.goto("/");
  await signIn(page, "al");
  expect(await sessionCookie(context)).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(await page.evaluate("document.cookie")).toBe("");
  expect(await page.evaluate("JSON.stringify([localStorage, sessionStorage])")).not.toContain("eyJ");
});

test("who lets it be at Gitea is told so, and is nobody", async ({ page, foresee }) => {
  foresee(/login\/callback/);
  await page.goto("/board");
  await goToGitea(page, "zu");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { name: "You are not signed in" })).toBeVisible();
  expect(await session(page)).toEqual({ signedIn: false });
  await page.getByRole("link", { name: "To the first page" }).click();
  await expect(page.getByRole("button", { name: "Sign in with Gitea" })).toBeVisible();
});

test("who may not sign in any more is told so, and is nobody", async ({ page, sett, foresee }) => {
  foresee(/login\/callback/);
  const eve = sett.sandbox.gitea.platform.user("customer-eve");
  await page.goto("/");
  await goToGitea(page, "eve");
  eve.prohibitLogin = true;
  await page.getByRole("button", { name: "Authorize" }).click();
  await expect(page.getByRole("heading")).toBeVisible();
  eve.prohibitLogin = false;
  expect(await session(page)).toEqual({ signedIn: false });
});

test("a token shown in one tab stands over the session in that tab alone", async ({ page, context }) => {
  await page.goto("/");
  await signIn(page, "al");
  const other = await context.newPage();
  await other.goto("/");
  await other.getByLabel("Token").fill("zu-token");
  await other.keyboard.press("Enter");
  await expect(other.getByText("customer-zu").first()).toBeVisible();
  await page.reload();
  await expect(page.getByText("customer-al").first()).toBeVisible();
});

test("who signs out is signed out everywhere, and an open board says so", async ({ page, context }) => {
  await page.goto("/");
  await signIn(page, "demo");
  const board = await context.newPage();
  await board.goto("/board");
  await expect(board.getByText("customer-demo").first()).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in with Gitea" })).toBeVisible();
  expect(await sessionCookie(context)).toBeUndefined();
  await expect(board.getByRole("alert")).toContainText("You are signed out");
});

test("a board goes on as nobody else when another signs in elsewhere, and is theirs once it knows", async ({
  page: board,
  context,
  foresee,
}) => {
  // A socket that is closed by the refusal, and one that is not let in.
  foresee(/WebSocket/);
  await board.goto("/board#/demo/dev");
  await signIn(board, "al");
  const restart = board.getByRole("button", { name: "Restart the workspace" });
  const here = board.getByRole("group", { name: "Who is here" });
  await expect(here).toContainText("(you)");
  // The board cannot learn whose session there is now.
  let letLook: () => void = () => undefined;
  const mayLook = new Promise<void>((resolve) => (letLook = resolve));
  await board.route("**/session", async (route) => {
    await mayLook;
    await route.continue();
  });
  const other = await context.newPage();
  await other.goto("/logout");
  await other.getByRole("button").click();
  await expect.poll(() => sessionCookie(context)).toBeUndefined();
  // Gitea forgets who was there, too.
  await context.clearCookies();
  await other.goto("/board");
  await signIn(other, "demo");
  await expect(board.getByRole("alert")).toContainText("You are signed out");
  await expect(restart).toHaveCount(0);
  await expect(here).toHaveCount(0);
  await expect(board.locator(".who")).toHaveText("customer-al");
  letLook();
  await expect(board.locator(".who")).toHaveText("customer-demo");
  await expect(here).toContainText("(you)");
});

test("an explorer says whose session it is as soon as another tab knows", async ({ page, context }) => {
  await page.goto("/");
  await signIn(page, "al");
  const other = await context.newPage();
  await other.goto("/logout");
  await other.getByRole("button").click();
  await expect.poll(() => sessionCookie(context)).toBeUndefined();
  // Gitea forgets who was there, too.
  await context.clearCookies();
  await other.goto("/");
  await signIn(other, "demo");
  await expect(page.getByText("You are customer-demo")).toBeVisible();
  await other.getByLabel("Token").fill("zu-token");
  await other.keyboard.press("Enter");
  // A token stands over the session; without it one is who is signed in, and not nobody.
  await expect(other.getByRole("button", { name: "nobody" })).toHaveCount(0);
  await other.getByRole("button", { name: "customer-demo" }).click();
  await expect(other.getByText("You are customer-demo")).toBeVisible();
});

/** What a page elsewhere may try with a session that is not its own, by what a browser lets it send. */
const attempts = {
  "a query that is read": (gateway: string) => `
    fetch("${gateway}graphql", { method: "POST", credentials: "include",
      headers: { "content-type": "application/json" }, body: '{"query":"{ viewer { login } }"}' })
      .then((response) => response.text(), () => "refused")`,
  "a query that is only sent": (gateway: string) => `
    fetch("${gateway}graphql", { method: "POST", credentials: "include", mode: "no-cors",
      headers: { "content-type": "text/plain" }, body: '{"query":"{ viewer { login } }"}' })
      .then((response) => response.text(), () => "refused")`,
  "a query in an address": (gateway: string) => `
    fetch("${gateway}graphql?query={viewer{login}}", { credentials: "include", mode: "no-cors" })
      .then((response) => response.text(), () => "refused")`,
  "a stream of events": (gateway: string) => `
    fetch("${gateway}graphql/stream", { method: "POST", credentials: "include", mode: "no-cors",
      headers: { "content-type": "text/plain" }, body: '{"query":"{ viewer { login } }"}' })
      .then((response) => response.text(), () => "refused")`,
  "a socket": (gateway: string) => `
    new Promise((resolve) => {
      const socket = new WebSocket("${gateway.replace("http", "ws")}graphql", "graphql-transport-ws");
      socket.onopen = () => resolve("open");
      socket.onerror = () => resolve("refused");
    })`,
  "signing out": (gateway: string) => `
    fetch("${gateway}logout", { method: "POST", credentials: "include", mode: "no-cors" })
      .then((response) => response.text(), () => "refused")`,
};

test("a page of another origin can do nothing with the session", async ({
  page,
  context,
  sett,
  gatewayUrl,
  foresee,
}) => {
  foresee(/127\.0\.0\.1/, /localhost/);
  const foreign = await startForeignPage();
  await page.goto("/");
  await signIn(page, "al");
  // One of the same site, to which the browser sends the cookie, and one of another.
  for (const host of ["127.0.0.1", "localhost"]) {
    const elsewhere = await context.newPage();
    await elsewhere.goto(`http://${host}:${foreign.port}/`);
    sett.sandbox.gitea.clearRequests();
    for (const [what, script] of Object.entries(attempts)) {
      const got = await elsewhere.evaluate(script(gatewayUrl));
      expect(["refused", ""], `${what} from ${host}`).toContain(got);
    }
    await elsewhere.evaluate(`
      const form = document.createElement("form");
      form.method = "post";
      form.action = "${gatewayUrl}logout";
      document.body.append(form);
      form.submit();`);
    await elsewhere.waitForURL(/logout/);
    expect(sett.sandbox.gitea.requests.filter(({ path }) => path === "/api/v1/user")).toEqual([]);
  }
  expect(await session(page)).toMatchObject({ signedIn: true, login: "customer-al" });
  await foreign.stop();
});
