import type { Locator, Page } from "@playwright/test";
import type { ExplorerExample } from "../../src/server/explorer.ts";
import { expect, test } from "./gateway.fixture.ts";

const loadingNotice = "Loading the explorer…";

/** The variables' editor stands in the same section, hidden. */
function headersEditor(page: Page): Locator {
  return page.getByRole("region", { name: "Headers" }).locator(".graphiql-editor:not(.hidden)");
}

/** Opens the explorer and waits for the schema: from then on every pane works. */
async function openExplorer(page: Page): Promise<void> {
  const introspected = page.waitForResponse((response) => response.url().endsWith("/graphql"));
  await page.goto("/");
  await introspected;
  await expect(page.getByRole("button", { name: /execute query/i })).toBeVisible();
  await expect(page.locator(".graphiql-query-editor .view-line").first()).toBeVisible();
  await expect(headersEditor(page).locator(".monaco-editor")).toBeVisible();
}

/** What an editor shows, without white space, which the editor draws in characters of its own. */
async function editorText(editor: Locator): Promise<string> {
  return (await editor.locator(".view-lines").innerText()).replaceAll(/\s/g, "");
}

function operationName(example: ExplorerExample | undefined): string {
  const name = /(?:query|mutation|subscription)\s+(\w+)/.exec(example?.query ?? "")?.[1];
  if (name === undefined) throw new Error(`The example "${example?.title}" has no name for its tab`);
  return name;
}

async function backgroundColour(page: Page): Promise<string> {
  // A string, because the tests are compiled without the browser's own types.
  return page.evaluate("getComputedStyle(document.querySelector('.graphiql-container')).backgroundColor");
}

/** All that the browser keeps for this origin. */
async function storedText(page: Page): Promise<string> {
  return JSON.stringify(await page.context().storageState({ indexedDB: true }));
}

test("the explorer loads from the gateway alone, and nothing in the page complains", async ({
  page,
  complaints,
}) => {
  await openExplorer(page);
  await expect(page).toHaveTitle("Sett");
  await expect(page.getByText(loadingNotice)).toHaveCount(0);
  await expect.poll(() => page.workers().length).toBe(3);
  expect(complaints).toEqual([]);
});

test("each example has a tab that carries its operation's name", async ({ page, gatewayExamples }) => {
  await openExplorer(page);
  await expect(page.locator(".graphiql-tab-button")).toHaveText(gatewayExamples.map(operationName));
});

test("the first example runs as it stands and answers with the viewer", async ({ page, complaints }) => {
  await openExplorer(page);
  await page.getByRole("button", { name: /execute query/i }).click();
  await expect(page.locator(".graphiql-response .view-lines")).toContainText('"viewer"');
  expect(complaints).toEqual([]);
});

test("a token in the headers is never kept in the browser", async ({ page, gatewayExamples }) => {
  const token = gatewayExamples[0]?.headers?.["Authorization"] ?? "";
  expect(token).not.toBe("");
  await openExplorer(page);
  await page.getByRole("button", { name: /execute query/i }).click();
  await expect(page.locator(".graphiql-response .view-lines")).toContainText('"viewer"');
  // The history is written when the query runs, the tabs half a second later.
  await expect.poll(() => storedText(page)).toContain("graphiql:queries");
  await expect.poll(() => storedText(page)).toContain("graphiql:tabState");
  expect(await storedText(page)).not.toContain(token);
});

test("a reload keeps the open tab, and an example in it still has its own headers", async ({
  page,
  gatewayExamples,
}) => {
  const last = gatewayExamples.length - 1;
  const headers = JSON.stringify(gatewayExamples[last]?.headers ?? {});
  await openExplorer(page);
  await page.locator(".graphiql-tab-button").nth(last).click();
  await expect.poll(() => storedText(page)).toContain(`\\"activeTabIndex\\":${last}`);
  await openExplorer(page);
  await expect(page.locator(".graphiql-tab-active")).toContainText(operationName(gatewayExamples[last]));
  await expect.poll(() => editorText(headersEditor(page))).toBe(headers.replaceAll(/\s/g, ""));
});

test("a field the schema does not have is underlined as it is typed", async ({ page, complaints }) => {
  await openExplorer(page);
  await page.locator(".graphiql-query-editor .view-lines").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("query Mistaken { noSuchField }");
  await expect(page.locator(".graphiql-query-editor .squiggly-error")).not.toHaveCount(0);
  expect(complaints).toEqual([]);
});

test("the explorer follows the system's theme, dark or light", async ({ page }, testInfo) => {
  const colours = new Set<string>();
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await openExplorer(page);
    await page.screenshot({ path: testInfo.outputPath(`${colorScheme}.png`) });
    colours.add(await backgroundColour(page));
  }
  expect(colours.size).toBe(2);
});

test("the documentation pane opens on the Query type", async ({ page, complaints }) => {
  await openExplorer(page);
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  const documentation = page.getByRole("region", { name: "Documentation Explorer" });
  await documentation.getByRole("link", { name: "Query", exact: true }).click();
  await expect(documentation).toContainText("viewer");
  expect(complaints).toEqual([]);
});

test("a page whose scripts are gone says so and points to the schema", async ({ page }) => {
  await page.route("**/assets/explorer-*.js", (route) => route.abort());
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("The explorer could not be loaded");
  await expect(page.getByRole("link", { name: "schema.graphql" })).toBeVisible();
});

test("without the gateway's examples the explorer opens with a plain query", async ({ page }) => {
  await page.route("**/explorer.json", (route) => route.fulfill({ status: 503, body: "" }));
  await openExplorer(page);
  await expect(page.locator(".graphiql-tab-button")).toHaveText(["Hello"]);
});
