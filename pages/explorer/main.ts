/**
 * The first script of the page, kept tiny: GraphiQL and its editor are megabytes, so they are asked for here
 * while the page already says that it is loading.
 */

/** The theme that was chosen in GraphiQL's settings, from the first moment on. */
const theme = localStorage.getItem("graphiql:theme");
if (theme === "dark" || theme === "light") document.body.classList.add(`graphiql-${theme}`);

/** Replaces the page, because a half-loaded explorer looks like one that is merely slow. */
function showFailure(error: unknown): void {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.role = "alert";
  const reason = error instanceof Error ? error.message : String(error);
  const text = document.createElement("p");
  text.textContent = `The explorer could not be loaded (${reason}). Maybe the gateway does not answer just now, or was replaced by another version.`;
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Try again";
  again.addEventListener("click", () => location.reload());
  const schema = document.createElement("a");
  schema.href = "./schema.graphql";
  schema.textContent = "schema.graphql";
  const elsewhere = document.createElement("p");
  elsewhere.append("The schema is at ", schema, ".");
  notice.append(text, again, elsewhere);
  document.body.replaceChildren(notice);
}

// GraphiQL loads its editor by itself and shows a spinner for ever when that fails; Vite tells us here.
addEventListener("vite:preloadError", (event) => {
  showFailure((event as Event & { payload: unknown }).payload);
});

const container = document.getElementById("explorer") ?? document.body;
const editor = import("./editor.tsx");
// It is shown below; until then nobody is to call it unhandled.
editor.catch(() => undefined);

import("./app.tsx")
  .then(({ mountExplorer }) => {
    mountExplorer(container, { editor, onFailure: showFailure });
  })
  .catch(showFailure);

export {};
