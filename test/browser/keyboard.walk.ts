import type { Locator, Page } from "@playwright/test";

/** So many stops on the way are too many to anybody. */
const mostStops = 80;

const isFocused = async (page: Page, goal: Locator): Promise<boolean> =>
  (await goal.and(page.locator(":focus")).count()) > 0;

/** What has the focus, in words: the role or element, and what it is called. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "nothing";
    const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
    return (element.getAttribute("role") ?? element.tagName.toLowerCase()) + " " + JSON.stringify(name.trim().slice(0, 40));
  })()`);
}

/** Goes on by a key until something has the focus, as somebody without a mouse does. */
export async function walkTo(page: Page, goal: Locator, key = "Tab"): Promise<void> {
  const stops: string[] = [];
  while (!(await isFocused(page, goal))) {
    if (stops.length === mostStops) {
      throw new Error(`${String(goal)} is not reached by ${key}. On the way: ${stops.join(", ")}`);
    }
    await page.keyboard.press(key);
    stops.push(await focused(page));
  }
}

/** Goes to something and presses it. */
export async function choose(page: Page, goal: Locator, key = "Enter"): Promise<void> {
  await walkTo(page, goal);
  await page.keyboard.press(key);
}
