/** What to ask with, after a break, for what comes after this event; undefined where the same is asked again. */
export type Resume = (data: unknown) => Readonly<Record<string, unknown>> | undefined;

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** Logs go on after the last line that came: nothing of them comes twice, whatever was asked for at first. */
export const afterLastLine: Resume = (data) => {
  const lines = fieldOf(fieldOf(data, "podLogs"), "lines");
  const position = Array.isArray(lines) ? fieldOf(lines.at(-1), "position") : undefined;
  return position === undefined ? undefined : { after: position, tailLines: undefined, sinceTime: undefined };
};
