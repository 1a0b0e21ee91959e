import { expect, type Locator, type Page } from "@playwright/test";

/** The explorer in a browser, by what somebody sees of it. */
export interface ExplorerPage {
  readonly page: Page;
  /** Who one is, in words. */
  readonly who: Locator;
  /** Where queries are written. */
  readonly query: Locator;
  /** The text of the answer. */
  readonly answer: Locator;
  readonly documentation: Locator;
  readonly become: (name: string) => Promise<void>;
  /** Opens an example by its title, as whom it is for. */
  readonly openExample: (title: string) => Promise<void>;
  readonly run: () => Promise<void>;
  /** Opens the documentation at a root type or, from there, at a field. */
  readonly readAbout: (...names: readonly string[]) => Promise<void>;
}

/** The editor is megabytes, and the machine may have much else to do. */
const loadTimeoutMs = 45_000;

/** Waits until every pane of an explorer that is open works. */
export async function explorerOn(page: Page): Promise<ExplorerPage> {
  await expect(page.locator(".graphiql-query-editor .view-line").first()).toBeVisible({
    timeout: loadTimeoutMs,
  });
  const documentation = page.getByRole("region", { name: "Documentation Explorer" });
  const showExamples = page.getByRole("button", { name: "Show Examples" });
  const examples = page.getByRole("region", { name: "Examples" });
  return {
    page,
    who: page.getByRole("region", { name: "Who you are" }).getByRole("status"),
    query: page.locator(".graphiql-query-editor"),
    answer: page.locator(".graphiql-response .view-lines"),
    documentation,
    become: (name) => page.getByRole("button", { name, exact: true }).click(),
    openExample: async (title) => {
      if (await showExamples.isVisible()) await showExamples.click();
      await examples.getByRole("button", { name: title }).click();
    },
    run: () => page.getByRole("button", { name: /execute query/i }).click(),
    readAbout: async (...names) => {
      await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
      for (const name of names) await documentation.getByRole("link", { name, exact: true }).first().click();
    },
  };
}

/** Goes to the explorer and waits until it works. */
export async function openExplorer(page: Page): Promise<ExplorerPage> {
  await page.goto("/");
  return explorerOn(page);
}
