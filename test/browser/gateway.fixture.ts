import { expect, test as base, type Browser, type BrowserContext, type Page } from "@playwright/test";
import type { Example, PagesConfiguration } from "../../src/server/pages.configuration.ts";
import type { PersonName } from "../support/sett.ts";
import { startBrowsedSett, type BrowsedSett } from "./browsed.sett.ts";
import { watchFor } from "./complaints.watch.ts";

/** What every browser test has besides Playwright's own fixtures. */
interface BrowserFixtures {
  /**
   * Everything in any page of the test that should not happen: requests that leave the machine or fail, errors on the
   * console and in scripts. The test fails by what is in it at the end and was not foreseen.
   */
  complaints: string[];
  /** Says which complaints belong to what a test is about. */
  foresee: (...complaints: readonly RegExp[]) => void;
  /** Somebody's own browser at the gateway, signed in by their token: `al` is on a page of al's. */
  visit: (person: PersonName, path?: string) => Promise<Page>;
  /** A gateway and a sandbox of this test's own, to be stopped, broken and changed; `ownTest` has its pages there. */
  ownSett: BrowsedSett;
  /** The examples this gateway offers. */
  gatewayExamples: readonly Example[];
}

interface BrowserWorkerFixtures {
  /** A gateway over its sandbox that the tests of a process share: what one changes there, it changes back. */
  sett: BrowsedSett;
  /** Where that is: `http://127.0.0.1:<port>/`. */
  gatewayUrl: string;
}

/** The pages keep a token for this tab alone, under this name. */
const tokenKey = "sett:token";

/** Puts a token where somebody would have put it by hand, once for each tab: who leaves, stays away. */
async function showToken(context: BrowserContext, token: string): Promise<void> {
  const once = "sett:test:signed-in";
  // A tab is empty before it is anywhere, and has nowhere to keep anything.
  await context.addInitScript(`
    if (window === window.top && location.protocol !== "about:" && !sessionStorage.getItem("${once}")) {
      sessionStorage.setItem("${once}", "yes");
      sessionStorage.setItem("${tokenKey}", "${token}");
    }`);
}

async function openBrowserOf(browser: Browser, person: PersonName, baseURL: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 } });
  if (person !== "nobody") await showToken(context, `${person}-token`);
  return context;
}

export const test = base.extend<BrowserFixtures, BrowserWorkerFixtures>({
  sett: [
    async ({ browserName: _browserName }, use) => {
      const sett = await startBrowsedSett();
      await use(sett);
      await sett.stop();
    },
    // A machine that has much else to do takes its time to start a platform.
    { scope: "worker", timeout: 180_000 },
  ],
  gatewayUrl: [({ sett }, use) => use(sett.url), { scope: "worker" }],
  baseURL: ({ gatewayUrl }, use) => use(gatewayUrl),
  ownSett: [
    async ({ browserName: _browserName }, use) => {
      const sett = await startBrowsedSett();
      await use(sett);
      await sett.stop();
    },
    { timeout: 180_000 },
  ],
  gatewayExamples: async ({ request }, use) => {
    const pages = (await (await request.get("/pages.json")).json()) as PagesConfiguration;
    await use(pages.examples.flatMap(({ examples }) => examples));
  },
  complaints: [({ browserName: _browserName }, use) => use([]), { auto: true }],
  foresee: async ({ complaints }, use) => {
    const foreseen: RegExp[] = [];
    await use((...more) => void foreseen.push(...more));
    const others = complaints.filter((complaint) => !foreseen.some((each) => each.test(complaint)));
    expect(others, "nothing in the pages complains, and no request leaves the machine").toEqual([]);
  },
  context: async ({ context, complaints, foresee: _foresee }, use) => {
    watchFor(complaints, context);
    await use(context);
  },
  visit: async ({ browser, baseURL, complaints, foresee: _foresee }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (person, path = "/") => {
      const context = await openBrowserOf(browser, person, baseURL ?? "");
      contexts.push(context);
      watchFor(complaints, context);
      const page = await context.newPage();
      await page.goto(path);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

/** The same, with the pages of a gateway that no other test sees. */
export const ownTest = test.extend({
  baseURL: ({ ownSett }, use) => use(ownSett.url),
});

export { expect } from "@playwright/test";
