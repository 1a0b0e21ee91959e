import type { FollowPodLogSubscription } from "@sett/client";

type Chunk = FollowPodLogSubscription["podLogs"];

/** A line of the log, or something to say between two lines. */
export type ShownLine =
  | { readonly key: number; readonly kind: "line"; readonly time: string; readonly text: string }
  | { readonly key: number; readonly kind: "note"; readonly text: string };

/** So many lines are kept, so that a page that is left open does not grow for ever. */
const kept = 2_000;

const controls = /\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f]/g;

function notesBefore({ restarted, gap, missed }: Chunk): string[] {
  return [
    ...(restarted ? ["The container was started anew"] : []),
    ...(missed > 0 ? [`${missed} lines came too fast to be shown`] : []),
    ...(gap ? ["Lines are missing here"] : []),
  ];
}

/** What is shown after the next lines have come, with what they say of themselves before them. */
export function withLines(before: readonly ShownLine[], chunk: Chunk): readonly ShownLine[] {
  let key = before.at(-1)?.key ?? 0;
  const notes = notesBefore(chunk).map((text) => ({ key: ++key, kind: "note" as const, text }));
  const lines = chunk.lines.map(({ time, text, cut }) => ({
    key: ++key,
    kind: "line" as const,
    time,
    text: text.replaceAll(controls, "") + (cut ? " …" : ""),
  }));
  return [...before, ...notes, ...lines].slice(-kept);
}
