import type { PagesConfiguration } from "../../src/server/pages.configuration.ts";

export type { PagesConfiguration };

/** Where things are by default: a page without its configuration is still useful. */
export const plainConfiguration: PagesConfiguration = {
  endpoint: "/graphql",
  explorer: true,
  board: true,
  examples: [],
  people: [],
  signIn: { gitea: false },
};

let asked: Promise<PagesConfiguration> | undefined;

/** What this gateway has to say to its pages; asked once, and again only after it could not be told. */
export function loadPages(): Promise<PagesConfiguration> {
  asked ??= ask();
  return asked;
}

async function ask(): Promise<PagesConfiguration> {
  try {
    const response = await fetch("./pages.json", { headers: { accept: "application/json" } });
    if (!response.ok)
      throw new Error(`The gateway answers ${response.status} where its pages are described.`);
    return (await response.json()) as PagesConfiguration;
  } catch (error) {
    asked = undefined;
    throw error;
  }
}
