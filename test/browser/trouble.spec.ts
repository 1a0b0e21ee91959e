import { seriousFindings } from "./axe.scan.ts";
import { explorerOn, openExplorer } from "./explorer.page.ts";
import { expect, ownTest, test } from "./gateway.fixture.ts";

/** What a browser writes on its console of a gateway that is not there, or cannot do what it is asked. */
const unanswered = /Failed to load resource|failed request to|WebSocket connection/;

ownTest(
  "the explorer says that the gateway is away, keeps what was written, and goes on when it is back",
  async ({ visit, ownSett, foresee }) => {
    // The editor asks for its workers when it first needs them, and does without those that do not come.
    foresee(unanswered, /^page: Event$/);
    const page = await visit("demo");
    const { query, answer, run } = await explorerOn(page);
    const written = await query.innerText();
    await ownSett.leave();
    await run();
    const trouble = page.getByRole("status").filter({ hasText: "The gateway does not answer" });
    await expect(trouble).toBeVisible();
    expect(await query.innerText()).toBe(written);
    await ownSett.comeBack();
    await page.getByRole("button", { name: "Try now" }).click();
    await expect(trouble).toHaveCount(0);
    await run();
    await expect(answer).toContainText('"customer-demo"');
  },
);

ownTest(
  "while Gitea is away the explorer, the board and signing in say so by its name, and the pages stay",
  async ({ visit, page, ownSett, foresee }) => {
    foresee(unanswered);
    const explorer = await visit("demo");
    const { answer, run } = await explorerOn(explorer);
    await ownSett.sandbox.gitea.stop();
    await run();
    await expect(answer).toContainText("UPSTREAM_UNAVAILABLE");
    await expect(explorer.getByRole("status").filter({ hasText: "Gitea does not answer" })).toBeVisible();
    const board = await visit("demo", "/board#/demo/dev");
    await expect(board.getByText(/gitea does not answer/i).first()).toBeVisible();
    await expect(board.getByRole("heading", { name: "Sett" })).toBeVisible();
    await page.goto("/login?return=/board");
    await expect(page.getByRole("heading", { name: "Gitea does not answer" })).toBeVisible();
    await ownSett.sandbox.gitea.resume();
  },
);

const parts = [
  { name: "explorer", path: "/", part: "**/assets/editor-*.js" },
  { name: "explorer", path: "/", part: "**/assets/app-*.js" },
  { name: "board", path: "/board", part: "**/assets/board-*.js" },
] as const;

for (const { name, path, part } of parts) {
  test(`the ${name} says so when a part of it, ${part}, cannot be loaded`, async ({ page, foresee }) => {
    foresee(unanswered, /assets\//);
    let asked = 0;
    await page.route(part, (route) => {
      asked += 1;
      return route.abort();
    });
    await page.goto(path);
    await expect(page.getByRole("alert")).toContainText(`The ${name} could not be loaded`);
    expect(asked).toBeGreaterThan(0);
    expect(await seriousFindings(page)).toEqual([]);
  });
}

test("without the description of the pages there are an explorer and a board all the same", async ({
  page,
  foresee,
}) => {
  foresee(/503/);
  await page.route("**/pages.json", (route) => route.fulfill({ status: 503, body: "" }));
  await openExplorer(page);
  await expect(page.getByLabel("Token")).toBeVisible();
  await page.goto("/board");
  await expect(page.getByRole("textbox", { name: /token/i })).toBeVisible();
});

test("an explorer without a schema says so, and loads it when asked to", async ({ visit, foresee }) => {
  foresee(/503/);
  const page = await visit("demo", "/board");
  let isAway = true;
  const away = { status: 503, body: "{}" };
  await page.route("**/schema.graphql", (route) => (isAway ? route.fulfill(away) : route.continue()));
  await page.route("**/graphql", (route) => (isAway ? route.fulfill(away) : route.continue()));
  await page.goto("/");
  const said = page.getByRole("alert").filter({ hasText: "The schema could not be loaded" });
  await expect(said).toBeVisible();
  isAway = false;
  await said.getByRole("button").click();
  await expect(said).toHaveCount(0);
});
