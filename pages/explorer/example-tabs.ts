import type { ExplorerExample } from "../../src/server/explorer.ts";

/** One tab as GraphiQL opens it: texts as they stand in its editors. */
export interface ExampleTab {
  query: string;
  variables: string | null;
  headers: string | null;
}

/** What the first tab holds when the gateway offers no examples: valid on any schema. */
const plainTab: ExampleTab = { query: "query Hello {\n  __typename\n}\n", variables: null, headers: null };

function editorText(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value, null, 2);
}

/** GraphiQL names a tab after its operation, so the example's title goes into a comment above the query. */
function exampleTab({ title, query, variables, headers }: ExplorerExample): ExampleTab {
  return {
    query: `# ${title}\n\n${query.trim()}\n`,
    variables: editorText(variables),
    headers: editorText(headers),
  };
}

/** The tabs of a first visit, never none. */
export function exampleTabs(examples: readonly ExplorerExample[]): readonly [ExampleTab, ...ExampleTab[]] {
  const [first = plainTab, ...others] = examples.map(exampleTab);
  return [first, ...others];
}
