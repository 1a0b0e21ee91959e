import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import type { ExplorerConfiguration } from "../../src/server/explorer.ts";
import badger from "../badger.svg";
import { ExampleHeaders } from "./example-headers.tsx";
import { exampleTabs } from "./example-tabs.ts";
import { rememberFirstTab, tokenFreeStorage } from "./token-free-storage.ts";

/** Draws GraphiQL over the graph at `endpoint`; a drawing that fails is reported to `onFailure`. */
export function mountExplorer(
  container: HTMLElement,
  { endpoint, examples }: ExplorerConfiguration,
  onFailure: (error: unknown) => void,
): void {
  const fetcher = createGraphiQLFetcher({ url: new URL(endpoint, location.href).href });
  const tabs = exampleTabs(examples);
  rememberFirstTab(tabs[0]);

  createRoot(container, { onUncaughtError: onFailure }).render(
    <GraphiQL
      fetcher={fetcher}
      storage={tokenFreeStorage}
      defaultTabs={[...tabs]}
      defaultHeaders={tabs[0].headers ?? ""}
      isHeadersEditorEnabled
      // A token is pasted into the headers: it is not kept, and no setting offers to keep it.
      shouldPersistHeaders={false}
      defaultEditorToolsVisibility="headers"
    >
      <GraphiQL.Logo>
        <span className="sett-logo">
          <img src={badger} alt="" width="24" height="24" />
          Sett
        </span>
      </GraphiQL.Logo>
      <GraphiQL.Footer>
        <div className="sett-footer">
          <a href="./schema.graphql">schema.graphql</a>
        </div>
      </GraphiQL.Footer>
      <ExampleHeaders tabs={tabs} />
    </GraphiQL>,
  );
}
