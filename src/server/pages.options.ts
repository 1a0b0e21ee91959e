import { fileURLToPath } from "node:url";
import type { Config } from "../config.ts";
import type { PagesConfiguration } from "./pages.configuration.ts";
import type { PagesOptions } from "./pages.ts";

/** Where the built pages are: beside the compiled gateway, whichever way this file was loaded. */
const folder = fileURLToPath(new URL("../../dist/pages", import.meta.url));

interface Shown extends Pick<PagesConfiguration, "examples" | "people"> {
  readonly signsIn: boolean;
}

/** Which pages there are, and what they are told. */
export function pagesOptions(config: Config, { examples, people, signsIn }: Shown): PagesOptions {
  return {
    ...{ folder, endpoint: "/graphql", examples, people },
    ...(config.INTROSPECTION ? { schema: "/schema.graphql" } : {}),
    // Its editor is for what is not registered yet, and lives on introspection.
    explorer: config.EXPLORER && config.DOCUMENTS !== "trusted",
    board: config.BOARD,
    signIn: { gitea: signsIn },
  };
}
