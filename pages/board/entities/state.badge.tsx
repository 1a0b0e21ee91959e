import type { StateWord } from "./state.words.ts";

/** How something does: a word, with a dot in its colour. */
export function StateBadge({ state: { word, tone } }: { state: StateWord }) {
  return (
    <span className="state" data-tone={tone}>
      {word}
    </span>
  );
}
