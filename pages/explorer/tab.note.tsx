import type { JSX } from "react";

/** Tells who uses the keyboard how to leave an editor, which takes the Tab key for itself. */
export function TabNote(): JSX.Element {
  return (
    <p className="sett-run">
      In an editor, Tab writes spaces; <kbd>Ctrl+M</kbd> (on a Mac <kbd>Ctrl+Shift+M</kbd>) lets it go on to
      what comes next.
    </p>
  );
}
