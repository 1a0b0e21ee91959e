import type { Page } from "@playwright/test";
import { explorerOn, openExplorer } from "./explorer.page.ts";
import { expect, ownTest, test } from "./gateway.fixture.ts";

async function backgroundColours(page: Page): Promise<string> {
  // A string, because the tests are compiled without the browser's own types.
  return page.evaluate(`[".graphiql-container", "body"]
    .map((part) => getComputedStyle(document.querySelector(part)).backgroundColor).join(" ")`);
}

/** All that the browser keeps for this origin beyond the tab. */
const keptText = async (page: Page) => JSON.stringify(await page.context().storageState({ indexedDB: true }));

test("the explorer opens with an example, all examples beside it, and nothing in the page complains", async ({
  page,
  gatewayExamples,
}) => {
  const explorer = await openExplorer(page);
  await expect(page).toHaveTitle("Sett");
  await expect(page.locator(".graphiql-tab-button")).toHaveText(["Me"]);
  await expect(explorer.who).toHaveText("You are nobody");
  const offered = page.getByRole("region", { name: "Examples" });
  await expect(offered.getByRole("listitem")).toHaveCount(gatewayExamples.length);
  await expect.poll(() => page.workers().length).toBe(3);
});

test("a click makes one each of the sandbox's people, who asks for demo's canvas as oneself", async ({
  page,
}) => {
  const explorer = await openExplorer(page);
  await explorer.openExample("The saved canvas");
  for (const [name, who, answered] of [
    ["nobody", "You are nobody", "UNAUTHENTICATED"],
    ["demo", "You are customer-demo", '"revision"'],
    ["eve", "You are customer-eve", "NOT_FOUND"],
    ["al", "You are customer-al", '"revision"'],
    ["nobody", "You are nobody", "UNAUTHENTICATED"],
    ["zu", "You are customer-zu", '"revision"'],
    ["eve", "You are customer-eve", "NOT_FOUND"],
    ["admin", "You are lbadmin", '"revision"'],
  ] as const) {
    await explorer.become(name);
    await expect(explorer.who).toHaveText(who);
    await expect(page.getByRole("button", { name, exact: true })).toHaveAttribute("aria-pressed", "true");
    await explorer.run();
    await expect(explorer.answer).toContainText(answered);
  }
});

test("an example is opened as whom it is for, with its variables, and a refusal says which permission is missing", async ({
  page,
}) => {
  const explorer = await openExplorer(page);
  await explorer.openExample("Who may read but not write is refused");
  await expect(explorer.who).toHaveText("You are customer-zu");
  await expect(page.locator(".graphiql-tab-active")).toContainText("Refused");
  await explorer.run();
  await expect(explorer.answer).toContainText("FORBIDDEN");
  await expect(explorer.answer).toContainText("repo:write");
});

test("an example that is run before the editor has looked at it is what runs, over a socket if it streams", async ({
  page,
}) => {
  const { answer } = await openExplorer(page);
  // By hand nobody is that fast, by the keyboard nearly so.
  await page.evaluate(`{
    const press = (name) => [...document.querySelectorAll("button")]
      .find((each) => (each.ariaLabel ?? each.textContent).startsWith(name)).click();
    press("Who else is here");
    press("Execute query");
  }`);
  await expect(answer).toContainText('"customer-al"');
  await expect(page.getByRole("button", { name: "Stop query" })).toBeVisible();
});

test("who is somebody else than an example is meant for is told, and can be them", async ({ page }) => {
  const explorer = await openExplorer(page);
  await explorer.openExample("Who was let in");
  await explorer.become("eve");
  await page.getByRole("button", { name: "Be demo" }).click();
  await expect(explorer.who).toHaveText("You are customer-demo");
  await explorer.run();
  await expect(explorer.answer).toContainText("collaborators");
});

test("a subscription streams, and goes on as whom one becomes", async ({ page, visit }) => {
  const explorer = await openExplorer(page);
  await explorer.openExample("Who else is here");
  await explorer.run();
  await expect(explorer.answer).toContainText('"customer-al"');
  const other = await explorerOn(await visit("zu"));
  await other.openExample("Who else is here");
  await other.become("zu");
  await other.run();
  await expect(explorer.answer).toContainText('"customer-zu"');
  await explorer.become("demo");
  await expect(explorer.answer).toContainText('"customer-demo"');
  await explorer.become("eve");
  await expect(explorer.answer).toContainText("NOT_FOUND");
  await expect(other.answer).not.toContainText('"customer-eve"');
});

test("the headers of a tab stand over who one is, over HTTP and over a socket", async ({ page }) => {
  const explorer = await openExplorer(page);
  await explorer.openExample("Who else is here");
  await page.getByRole("button", { name: "Headers", exact: true }).click();
  await page.getByRole("region", { name: "Headers" }).locator(".graphiql-editor:not(.hidden)").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText('{ "authorization": "token demo-token" }');
  await expect(page.getByText("The headers of this tab say who asks")).toBeVisible();
  await explorer.run();
  await expect(explorer.answer).toContainText('"customer-demo"');
});

test("a token is used in this tab alone, also after a reload, and kept nowhere else", async ({
  page,
  context,
}) => {
  const explorer = await openExplorer(page);
  await page.getByLabel("Token").fill("token zu-token");
  await page.getByRole("button", { name: "Use", exact: true }).click();
  await expect(explorer.who).toHaveText("You are customer-zu");
  await explorer.run();
  await expect(explorer.answer).toContainText('"customer-zu"');
  const reloaded = await openExplorer(page);
  await expect(reloaded.who).toHaveText("You are customer-zu");
  // What is written of tabs and history comes half a second later.
  await expect.poll(() => keptText(page)).toContain("graphiql:tabState");
  expect(await keptText(page)).not.toContain("zu-token");
  expect(page.url()).not.toContain("zu-token");
  const other = await openExplorer(await context.newPage());
  await expect(other.who).toHaveText("You are nobody");
});

test("a token that Gitea does not know is told of, as is what cannot be one", async ({ page }) => {
  const explorer = await openExplorer(page);
  await page.getByLabel("Token").fill("made-up");
  await page.keyboard.press("Enter");
  await expect(explorer.who).toHaveText("This token is not accepted.");
  await page.getByLabel("Token").fill("two words, or three");
  await page.keyboard.press("Enter");
  await expect(explorer.who).toHaveText("This cannot be a token.");
});

test("the documentation says of each field what permission it needs", async ({ page }) => {
  const explorer = await openExplorer(page);
  await explorer.readAbout("Mutation");
  await expect(explorer.documentation).toContainText(
    "Needs project:admin on input.project and functions:admin",
  );
  await explorer.documentation.getByRole("link", { name: "Go back to Docs" }).click();
  await explorer.documentation.getByRole("link", { name: "Query", exact: true }).click();
  await expect(explorer.documentation).toContainText("Needs viewer (somebody signed in).");
  await explorer.documentation.getByRole("link", { name: "Project", exact: true }).first().click();
  await expect(explorer.documentation).toContainText("Needs functions:read.");
  await expect(explorer.documentation).toContainText("Needs nothing more.");
});

test("completion tells the permission of a field, and a field that is none is underlined", async ({
  page,
}) => {
  await openExplorer(page);
  await page.locator(".graphiql-query-editor .view-lines").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("query Mistaken { noSuchField runtim");
  const details = page.locator(".suggest-details");
  // Asked for once it is suggested, asked for once more it is explained; typing may have asked already.
  await expect(async () => {
    if (!(await details.isVisible())) await page.keyboard.press("Control+Space");
    await expect(details).toContainText("Needs viewer", { timeout: 2_000 });
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(page.locator(".graphiql-query-editor .squiggly-error")).not.toHaveCount(0);
});

test("the whole page follows the system's theme, dark or light, and the one that is chosen", async ({
  page,
}) => {
  const colours: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await openExplorer(page);
    colours.push(await backgroundColours(page));
  }
  expect(new Set(colours).size).toBe(2);
  await page.getByRole("button", { name: "Open settings dialog" }).click();
  await page.getByRole("button", { name: "Dark", exact: true }).click();
  await expect.poll(() => backgroundColours(page)).toBe(colours[0]);
});

test("a page whose scripts are gone says so, and leads to the schema and to another try", async ({
  page,
  foresee,
}) => {
  foresee(/assets\/editor-/);
  await page.route("**/assets/editor-*.js", (route) => route.abort());
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("The explorer could not be loaded");
  await expect(page.getByRole("link", { name: "schema.graphql" })).toBeVisible();
  await page.unroute("**/assets/editor-*.js");
  await page.getByRole("button", { name: "Try again" }).click();
  await explorerOn(page);
});

test("without the gateway's words on its pages the explorer opens with a plain query", async ({
  page,
  foresee,
}) => {
  foresee(/pages\.json/);
  await page.route("**/pages.json", (route) => route.fulfill({ status: 503, body: "" }));
  await openExplorer(page);
  await expect(page.locator(".graphiql-tab-button")).toHaveText(["Hello"]);
});

test("where the schema cannot be read this is told, queries run all the same, and it is loaded once it can", async ({
  page,
  foresee,
}) => {
  foresee(/schema\.graphql/);
  await page.route("**/schema.graphql", (route) => route.abort());
  const explorer = await openExplorer(page);
  // The editor has alerts of its own.
  const told = page.getByRole("alert").filter({ hasText: "The schema could not be loaded" });
  await expect(told).toBeVisible();
  await explorer.become("demo");
  await explorer.run();
  await expect(explorer.answer).toContainText('"customer-demo"');
  await page.unroute("**/schema.graphql");
  await page.getByRole("button", { name: "Load it again" }).click();
  await expect(told).toHaveCount(0);
  await explorer.readAbout("Query");
  await expect(explorer.documentation).toContainText("Needs repo:read.");
});

ownTest(
  "an explorer that is open tells when the gateway goes, and goes on when it is back",
  async ({ page, ownSett, foresee }) => {
    foresee(/Failed to load resource/, /failed request/, /WebSocket/);
    // A part of the editor that was not there yet when the gateway went.
    foresee(/^page: Event$/);
    const explorer = await openExplorer(page);
    await explorer.become("demo");
    await ownSett.leave();
    await explorer.run();
    await expect(page.getByText("The gateway does not answer.")).toBeVisible();
    await ownSett.comeBack();
    await page.getByRole("button", { name: "Try now" }).click();
    await expect(page.getByText("The gateway does not answer.")).toHaveCount(0);
    await explorer.run();
    await expect(explorer.answer).toContainText('"customer-demo"');
  },
);
