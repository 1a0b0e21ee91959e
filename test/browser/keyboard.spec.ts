import { openExplorer } from "./explorer.page.ts";
import { expect, test } from "./gateway.fixture.ts";
import { choose, walkTo } from "./keyboard.walk.ts";

test("by the keyboard alone one becomes somebody in the explorer, opens an example, runs it and reaches the answer", async ({
  page,
}) => {
  const { who, query, answer } = await openExplorer(page);
  await choose(page, page.getByRole("button", { name: "al", exact: true }));
  await expect(who).toContainText("You are customer-al");
  // An example that al opens is meant for somebody else, and makes him that.
  await choose(page, page.getByRole("button", { name: /^What you may do with a project/ }));
  await expect(who).toContainText("You are customer-zu");
  await expect(query.getByRole("textbox")).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(answer).toContainText('"mayRead": true');
});

test("the editor says how its Tab key is let go, and lets it go", async ({ page }) => {
  const { query } = await openExplorer(page);
  await expect(page.getByText("Ctrl+M")).toBeVisible();
  const text = query.getByRole("textbox");
  await choose(page, page.getByRole("button", { name: /^You, and the projects/ }));
  await expect(text).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(text).toBeFocused();
  await page.keyboard.press("Control+M");
  await page.keyboard.press("Tab");
  await expect(text).not.toBeFocused();
});

test("by the keyboard alone one opens a project on the board, reads a log, comes back and has something done", async ({
  visit,
}) => {
  const page = await visit("demo", "/board");
  const project = page.getByRole("navigation", { name: "Projects" }).getByRole("link", { name: /^demo/ });
  await project.waitFor();
  await choose(page, project);
  const pod = page.getByRole("list", { name: "Pods of hello" }).getByRole("button");
  await pod.waitFor();
  await choose(page, pod);
  const drawer = page.getByRole("dialog");
  await expect(drawer).toContainText("live");
  await walkTo(page, drawer.getByRole("region", { name: "Log" }));
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await expect(pod).toBeFocused();
  const apply = page.getByRole("button", { name: "Apply Gateway", exact: true });
  await walkTo(page, apply, "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("It runs as it is saved", { exact: false })).toBeVisible();
});

test("a question on the board keeps the focus, is closed by Escape and gives it back", async ({ visit }) => {
  const page = await visit("demo", "/board#/demo/dev");
  const reset = page.getByRole("button", { name: "Reset the workspace" });
  await reset.waitFor();
  await choose(page, reset);
  const question = page.getByRole("dialog");
  await expect(question.getByRole("button", { name: "Keep it" })).toBeFocused();
  for (let press = 0; press < 5; press += 1) {
    await page.keyboard.press("Tab");
    await expect(question.locator(":focus")).toHaveCount(1);
  }
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expect(reset).toBeFocused();
});
