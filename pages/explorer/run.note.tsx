import { useGraphiQL } from "@graphiql/react";
import type { JSX } from "react";
import type { Example } from "../../src/examples/example.ts";
import { useIdentity } from "../identity/use-identity.ts";
import { exampleText } from "./examples/example.text.ts";

/** Names the header as the editor of headers holds it: JSON, maybe half written. */
const authorizationKey = /["']authorization["']\s*:/i;

/** Below the answer: as whom the tab that is open is asked, where that is not what the top of the page says. */
export function RunNote({ examples }: { examples: readonly Example[] }): JSX.Element | null {
  const { login, people, state, become } = useIdentity();
  const { query, headers } = useGraphiQL(({ tabs, activeTabIndex }) => ({
    query: tabs[activeTabIndex]?.query,
    headers: tabs[activeTabIndex]?.headers,
  }));
  if (authorizationKey.test(headers ?? "")) {
    return (
      <p className="sett-run">The headers of this tab say who asks; they stand over who you are above.</p>
    );
  }
  const example = examples.find((each) => exampleText(each) === query);
  const meant = people.find(({ name }) => name === example?.as);
  if (!meant || meant.login === login || state === "loading") return null;
  return (
    <p className="sett-run">
      This example is meant for {meant.name}.{" "}
      <button type="button" onClick={() => become(meant.token)}>
        Be {meant.name}
      </button>
    </p>
  );
}
