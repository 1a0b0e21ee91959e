import { seriousFindings, type Exception } from "./axe.scan.ts";
import { explorerOn } from "./explorer.page.ts";
import { expect, test } from "./gateway.fixture.ts";

// A question that fades in is looked at when it is there.
test.use({ contextOptions: { reducedMotion: "reduce" } });

/** What is GraphiQL's own. */
const graphiqls: readonly Exception[] = [
  {
    rule: "nested-interactive",
    within: ".graphiql-tabs",
    why: "a tab of GraphiQL's holds the buttons that name and close it; the keyboard reaches both",
  },
];

test("the explorer keeps nobody out: with its examples, its documentation, in the light and in the dark", async ({
  visit,
}) => {
  const page = await visit("demo");
  const { documentation, readAbout } = await explorerOn(page);
  await expect(page.getByRole("heading", { name: "Examples" })).toBeVisible();
  expect(await seriousFindings(page, graphiqls), "examples, light").toEqual([]);
  await readAbout("Query");
  await expect(documentation).toContainText("viewer");
  expect(await seriousFindings(page, graphiqls), "documentation, light").toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await seriousFindings(page, graphiqls), "documentation, dark").toEqual([]);
});

test("the board keeps nobody out: projects, a project, a pod's log, a question, light, dark and narrow", async ({
  visit,
}) => {
  const page = await visit("demo", "/board");
  const navigation = page.getByRole("navigation", { name: "Projects" });
  await navigation.getByRole("link", { name: /^demo/ }).waitFor();
  expect(await seriousFindings(page), "projects").toEqual([]);
  await navigation.getByRole("link", { name: /^demo/ }).click();
  await expect(page.getByRole("group", { name: "Who is here" })).toContainText("(you)");
  expect(await seriousFindings(page), "a project").toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await seriousFindings(page), "a project, dark").toEqual([]);
  await page.getByRole("button", { name: "Reset the workspace" }).click();
  await expect(page.getByRole("dialog")).toContainText("Keep it");
  expect(await seriousFindings(page), "a question, dark").toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("list", { name: "Pods of hello" }).getByRole("button").click();
  await expect(page.getByRole("dialog")).toContainText("live");
  await page.emulateMedia({ colorScheme: "light" });
  expect(await seriousFindings(page), "a pod's log").toEqual([]);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await seriousFindings(page), "a pod's log, narrow").toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await seriousFindings(page), "a project, narrow").toEqual([]);
});

test("who is nobody yet, or signs in, is kept out by no page either", async ({ page, sett, foresee }) => {
  foresee(/login\/callback/);
  sett.sandbox.gitea.oauth.revokeGrant("customer-zu");
  await page.goto("/board");
  await expect(page.getByRole("button", { name: "Sign in with Gitea" })).toBeVisible();
  expect(await seriousFindings(page), "the board of nobody").toEqual([]);
  await page.goto("/logout");
  expect(await seriousFindings(page), "signing out").toEqual([]);
  await page.goto("/login?return=/board");
  await expect(page.getByRole("button", { name: "Sign in as zu" })).toBeVisible();
  expect(await seriousFindings(page), "Gitea's page to sign in").toEqual([]);
  await page.getByRole("button", { name: "Sign in as zu" }).click();
  await expect(page.getByRole("button", { name: "Authorize" })).toBeVisible();
  expect(await seriousFindings(page), "Gitea's question").toEqual([]);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { name: "You are not signed in" })).toBeVisible();
  expect(await seriousFindings(page), "a sign-in that came to nothing").toEqual([]);
});
