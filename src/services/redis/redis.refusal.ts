/** How Redis' own errors begin, such as `WRONGPASS`. */
const firstWord = /^[A-Z][A-Z0-9]*(?= |$)/;

/**
 * The first word of an error that Redis answered, such as `NOPERM` or `OOM`; undefined for what broke on the way. The
 * rest of it may quote what was asked.
 */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== "ReplyError") return undefined;
  return firstWord.exec(error.message)?.[0] ?? error.name;
}
