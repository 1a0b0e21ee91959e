/** What the documents call by a name in angle brackets, such as `<first>`, because it is another each time. */
export type Names = Map<string, string>;

const nameOf = (text: string) => /^<([\w ]+)>$/.exec(text)?.[1];

/** Writes what names stand for in their place. */
export function withNames(text: string, names: Names): string {
  return [...names].reduce((written, [name, value]) => written.replaceAll(`<${name}>`, value), text);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where errors stand in the text that was asked with, says nothing to readers. */
const unsaid = new Set(["locations"]);

/**
 * Whether something is as it is shown: `…` is anything, as the last of a list any others too, within a text any part of
 * it, and a name the same wherever it stands. Takes the names down.
 */
export function isAsShown(shown: unknown, actual: unknown, names: Names): boolean {
  if (shown === "…") return actual !== undefined;
  if (typeof shown === "string" && typeof actual === "string") {
    const name = nameOf(shown);
    if (name === undefined) return isPrinted(shown, actual);
    const known = names.get(name);
    names.set(name, known ?? actual);
    return known === undefined || known === actual;
  }
  if (Array.isArray(shown) && Array.isArray(actual)) {
    const isOpen = shown.at(-1) === "…";
    const listed: readonly unknown[] = isOpen ? shown.slice(0, -1) : shown;
    if (isOpen ? actual.length < listed.length : actual.length !== listed.length) return false;
    return listed.every((each, index) => isAsShown(each, actual[index], names));
  }
  if (isRecord(shown) && isRecord(actual)) {
    const keys = new Set([...Object.keys(shown), ...Object.keys(actual)]);
    return [...keys].every(
      (key) => (unsaid.has(key) && !(key in shown)) || isAsShown(shown[key], actual[key], names),
    );
  }
  return shown === actual;
}

/** Whether a text is what is shown, line by line; `…` in a line is anything. */
export function isPrinted(shown: string, printed: string): boolean {
  const escaped = shown.trim().replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll("…", "[^\n]*")}$`).test(printed.trim());
}
