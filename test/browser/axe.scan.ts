import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import type { AxeResults, NodeResult } from "axe-core";

const scriptPath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What is looked for: the rules of WCAG to its level AA. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Findings that keep somebody from using a page, or nearly so. */
const serious = new Set<unknown>(["serious", "critical"]);

/** Something that is not ours to mend: by which rule it is found, where, and why it stays. */
export interface Exception {
  readonly rule: string;
  /** All that is below elements of this selector. */
  readonly within: string;
  readonly why: string;
}

const told = ({ html, failureSummary = "" }: NodeResult) =>
  `    ${html.slice(0, 160)}\n      ${failureSummary.split("\n").slice(1).join("; ").trim()}`;

/** Waits for what is on its way to another colour or place: half way there it may well be too faint. */
async function untilStill(page: Page): Promise<void> {
  const moving = `document.getAnimations().filter((each) =>
    each.playState === "running" && each.effect?.getComputedTiming().endTime !== Infinity).length`;
  await expect.poll(() => page.evaluate(moving)).toBe(0);
}

async function scan(page: Page): Promise<AxeResults> {
  await untilStill(page);
  // What the page's own policy lets run is only what its origin serves; the test may look all the same.
  await page.evaluate(await readFile(scriptPath, "utf8"));
  return page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ["violations"], elementRef: false })`,
  );
}

/** Whether a finding is below what an exception names, by asking the page. */
async function isBelow(page: Page, { target }: NodeResult, within: string): Promise<boolean> {
  const [selector] = target;
  if (typeof selector !== "string") return false;
  const [found, above] = [JSON.stringify(selector), JSON.stringify(within)];
  return page.evaluate(`document.querySelector(${found})?.closest(${above}) != null`);
}

/** What keeps people from using the page as it is now, each in words; lesser findings are printed. */
export async function seriousFindings(page: Page, exceptions: readonly Exception[] = []): Promise<string[]> {
  const { violations } = await scan(page);
  const findings: string[] = [];
  for (const { id, impact, help, nodes } of violations) {
    const own: NodeResult[] = [];
    for (const node of nodes) {
      const excepted = exceptions.filter(({ rule }) => rule === id);
      const below = await Promise.all(excepted.map(({ within }) => isBelow(page, node, within)));
      if (!below.includes(true)) own.push(node);
    }
    if (own.length === 0) continue;
    const finding = [`${id} (${impact ?? "unknown"}): ${help}`, ...own.map(told)].join("\n");
    if (serious.has(impact)) findings.push(finding);
    else console.log(`  axe, lesser: ${finding}`);
  }
  return findings;
}
