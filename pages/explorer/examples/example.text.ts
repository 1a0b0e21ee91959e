import type { Example } from "../../../src/examples/example.ts";

/** The text of an example's tab. GraphiQL names a tab after its operation, so the title goes into a comment above. */
export function exampleText({ title, query }: Example): string {
  return `# ${title}\n\n${query.trim()}\n`;
}

/** What stands in the editor of variables; nothing where there are none. */
export function exampleVariables({ variables }: Example): string {
  return variables === undefined ? "" : JSON.stringify(variables, null, 2);
}

/** What the first tab holds when the gateway offers no examples: valid on any schema. */
export const plainExample: Example = { title: "Hello", query: "query Hello {\n  __typename\n}" };
