/**
 * The first script of the page, kept tiny: GraphiQL and its editor are megabytes, so they are asked for here
 * while the page already says that it is loading.
 */
import { loadConfiguration } from "./configuration.ts";

/** Replaces the page, because a half-loaded explorer looks like one that is merely slow. */
function showFailure(error: unknown): void {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.role = "alert";
  const schema = document.createElement("a");
  schema.href = "./schema.graphql";
  schema.textContent = "schema.graphql";
  const reason = error instanceof Error ? error.message : String(error);
  notice.append(
    `The explorer could not be loaded (${reason}). Try reloading the page; the schema is at `,
    schema,
    ".",
  );
  document.body.replaceChildren(notice);
}

// GraphiQL loads its editor by itself and shows a spinner for ever when that fails; Vite tells us here.
addEventListener("vite:preloadError", (event) => {
  showFailure((event as Event & { payload: unknown }).payload);
});

const container = document.getElementById("explorer") ?? document.body;

Promise.all([loadConfiguration(), import("./explorer.tsx")])
  .then(([configuration, { mountExplorer }]) => {
    mountExplorer(container, configuration, showFailure);
  })
  .catch(showFailure);
