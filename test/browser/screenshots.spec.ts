import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Page, TestInfo } from "@playwright/test";
import { explorerOn } from "./explorer.page.ts";
import { expect, test } from "./gateway.fixture.ts";

/** Whether they are to stand in the documentation: `npm run screenshots`. Else they are looked at and thrown away. */
const isKept = process.env["SCREENSHOTS"] === "1";

/** A page that shows nothing is far smaller, and what is to be kept no larger. */
const bytes = { least: 10_000, most: 200_000 };

async function take(page: Page, name: string, testInfo: TestInfo): Promise<void> {
  const folder = isKept ? "docs/images" : testInfo.outputPath();
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  // What would be focused by chance is not: a caret blinks.
  await page.evaluate("document.activeElement?.blur?.()");
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
  const { size } = await stat(path);
  expect(size, `${name}.png shows something`).toBeGreaterThan(bytes.least);
  expect(size, `${name}.png is small enough to be kept`).toBeLessThan(bytes.most);
}

test("the explorer shows a query, its answer and the permission of each field", async ({
  visit,
}, testInfo) => {
  const page = await visit("demo");
  const { answer, documentation, readAbout, run } = await explorerOn(page);
  // All text: at the usual size it would be too large a picture.
  await page.setViewportSize({ width: 1160, height: 700 });
  await run();
  await expect(answer).toContainText('"customer-demo"');
  await readAbout("Mutation");
  await expect(documentation).toContainText("Needs project:write");
  await take(page, "explorer", testInfo);
});

test("the board shows a project, light and dark, and what a pod writes", async ({ visit }, testInfo) => {
  const page = await visit("demo", "/board#/demo/dev");
  await visit("al", "/board#/demo/dev");
  const here = page.getByRole("group", { name: "Who is here" });
  await expect(here).toContainText("(you)");
  await expect(here).toContainText("customer-al");
  const pod = page.getByRole("list", { name: "Pods of hello" }).getByRole("button");
  await expect(pod).toBeVisible();
  await take(page, "board", testInfo);
  await page.emulateMedia({ colorScheme: "dark" });
  await take(page, "board-dark", testInfo);
  await page.emulateMedia({ colorScheme: "light" });
  await pod.click();
  await expect(page.getByRole("dialog")).toContainText("live");
  await take(page, "board-log", testInfo);
});

test("signing in leads over Gitea's page", async ({ page }, testInfo) => {
  await page.goto("/login?return=/board");
  await expect(page.getByRole("button", { name: "Sign in as al" })).toBeVisible();
  await take(page, "sign-in", testInfo);
});
