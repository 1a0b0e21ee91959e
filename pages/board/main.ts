/** The first script of the page, kept tiny: the page already says that it is loading while the board comes. */
const container = document.getElementById("board") ?? document.body;

/** Replaces the page, because a half-loaded board looks like one that is merely slow. */
function showFailure(error: unknown): void {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.role = "alert";
  const reason = error instanceof Error ? error.message : String(error);
  notice.append(`The board could not be loaded (${reason}). Try reloading the page.`);
  document.body.replaceChildren(notice);
}

import("./board.tsx").then(({ mountBoard }) => mountBoard(container)).catch(showFailure);
