import "graphiql/setup-workers/vite";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./explorer.css";
import "./readable.css";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import type { GraphQLSchema } from "graphql";
import { useMemo, type JSX } from "react";
import type { PagesConfiguration } from "../identity/pages.configuration.ts";
import { exampleText, exampleVariables, plainExample } from "./examples/example.text.ts";
import { examplesPlugin } from "./examples/examples.plugin.tsx";
import { explorerFetcher } from "./explorer.fetcher.ts";
import { RunNote } from "./run.note.tsx";
import { SystemTheme } from "./system.theme.tsx";
import { TabNote } from "./tab.note.tsx";
import { isFirstVisit, rememberFirstTab, tokenFreeStorage } from "./token-free-storage.ts";

export interface EditorOptions {
  readonly pages: PagesConfiguration;
  /** Null while it is not known: GraphiQL is not to ask for it by itself. */
  readonly schema: GraphQLSchema | null;
}

/** What is made once, for as long as the page is open. */
function prepare(pages: PagesConfiguration) {
  const examples = pages.examples.flatMap((group) => group.examples);
  const first = examples[0] ?? plainExample;
  const query = exampleText(first);
  const variables = exampleVariables(first);
  const pane = examplesPlugin(pages.examples);
  // Whoever comes back finds the panes as they were left.
  const visible = examples.length > 0 && isFirstVisit() ? { visiblePlugin: pane } : {};
  rememberFirstTab(query, variables);
  return {
    examples,
    defaultTabs: [{ query, variables, headers: "" }],
    plugins: examples.length > 0 ? [pane, HISTORY_PLUGIN] : [HISTORY_PLUGIN],
    visible,
    fetcher: explorerFetcher(pages),
  };
}

/** GraphiQL over the graph of this gateway, asking as who one is. */
export function Editor({ pages, schema }: EditorOptions): JSX.Element {
  const { examples, defaultTabs, plugins, visible, fetcher } = useMemo(() => prepare(pages), [pages]);
  return (
    <GraphiQL
      fetcher={fetcher}
      schema={schema}
      dangerouslyAssumeSchemaIsValid
      storage={tokenFreeStorage}
      defaultTabs={defaultTabs}
      plugins={plugins}
      {...visible}
      isHeadersEditorEnabled
      // What is pasted into the headers may be a token: it is not kept, and no setting offers to keep it.
      shouldPersistHeaders={false}
      defaultEditorToolsVisibility="variables"
    >
      <GraphiQL.Logo> </GraphiQL.Logo>
      <GraphiQL.Footer>
        <RunNote examples={examples} />
        <TabNote />
      </GraphiQL.Footer>
      <SystemTheme />
    </GraphiQL>
  );
}
