import { useGraphiQL } from "@graphiql/react";
import { useEffect } from "react";
import type { ExampleTab } from "./example-tabs.ts";

/**
 * Gives an example's tab its headers back after a reload, which forgets all headers (see token-free-storage.ts):
 * otherwise the example of one person would silently run as another.
 */
export function ExampleHeaders({ tabs: examples }: { tabs: readonly ExampleTab[] }): null {
  const headerEditor = useGraphiQL((state) => state.headerEditor);
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex]);

  useEffect(() => {
    // Headers that are null were forgotten; headers that are empty were emptied by the person.
    if (headerEditor === undefined || tab === undefined || tab.headers !== null) return;
    const example = examples.find(({ query }) => query === tab.query);
    if (example?.headers) headerEditor.setValue(example.headers);
  }, [headerEditor, tab, examples]);

  return null;
}
