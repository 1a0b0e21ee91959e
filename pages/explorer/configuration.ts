import type { ExplorerConfiguration } from "../../src/server/explorer.ts";

/** An explorer without examples is still useful, so a gateway that does not answer costs only those. */
const plainConfiguration: ExplorerConfiguration = { endpoint: "/graphql", examples: [] };

/** Where this gateway's graph is and which queries make sense on it: the gateway knows, the built page cannot. */
export async function loadConfiguration(): Promise<ExplorerConfiguration> {
  try {
    const response = await fetch("./explorer.json", { headers: { accept: "application/json" } });
    return response.ok ? ((await response.json()) as ExplorerConfiguration) : plainConfiguration;
  } catch {
    return plainConfiguration;
  }
}
