import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from "@graphiql/react";
import type { JSX } from "react";
import type { Example, ExampleGroup } from "../../../src/examples/example.ts";
import { become } from "../../identity/identity.store.ts";
import { useIdentity } from "../../identity/use-identity.ts";
import { exampleText, exampleVariables } from "./example.text.ts";

function Icon(): JSX.Element {
  return (
    <svg viewBox="0 0 16 16" height="1em" fill="none" stroke="currentColor" strokeWidth="1.5">
      <title>Examples</title>
      <path d="M4 2.5h8M4 13.5h8M2.5 5.5h11v5h-11z" />
    </svg>
  );
}

/** Opens an example in its tab, or in a new one. */
function useOpening(): (example: Example) => void {
  const tabs = useGraphiQL((state) => state.tabs);
  const query = useGraphiQL((state) => state.queryEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  const { addTab, changeTab } = useGraphiQLActions();
  return (example) => {
    const text = exampleText(example);
    const open = tabs.findIndex((tab) => tab.query === text);
    if (open >= 0) changeTab(open);
    else {
      addTab();
      query?.setValue(text);
      variables?.setValue(exampleVariables(example));
    }
    query?.focus();
  };
}

function ExampleItem({ example, open }: { example: Example; open: (example: Example) => void }): JSX.Element {
  const { people } = useIdentity();
  const person = people.find(({ name }) => name === example.as);
  return (
    <li>
      <button
        type="button"
        className="sett-example"
        onClick={() => {
          // It is to run as it stands.
          if (person) become(person.token);
          open(example);
        }}
      >
        {example.title}
        {person && <span className="sett-as">as {person.name}</span>}
        {example.refused !== undefined && <span className="sett-as">{example.refused}</span>}
      </button>
    </li>
  );
}

/** The pane of GraphiQL that has the examples, by the nouns they are about. */
export function examplesPlugin(groups: readonly ExampleGroup[]): GraphiQLPlugin {
  function Content(): JSX.Element {
    const open = useOpening();
    return (
      <section aria-label="Examples" className="sett-examples">
        <h2 className="sett-pane-title">Examples</h2>
        {groups.map(({ noun, examples }) => (
          <details key={noun} open>
            <summary>
              <h3>{noun}</h3>
            </summary>
            <ul>
              {examples.map((example) => (
                <ExampleItem key={example.title} example={example} open={open} />
              ))}
            </ul>
          </details>
        ))}
      </section>
    );
  }
  return { title: "Examples", icon: Icon, content: Content };
}
