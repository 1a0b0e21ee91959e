/** Values of a query string; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * An address below a base, from unescaped segments. Whatever a segment holds stays inside it: separators are
 * escaped, and one that would climb is refused, for a server may undo the escape before it resolves dots.
 */
export function addressOf(base: string, path: readonly string[], query: Query = {}): string {
  const segments = path.map((segment) => {
    if (segment === "" || segment === "." || segment === "..") {
      throw new TypeError(`An address may not have the segment ${JSON.stringify(segment)}.`);
    }
    return encodeURIComponent(segment);
  });
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) search.set(key, String(value));
  }
  const suffix = search.size > 0 ? `?${search.toString()}` : "";
  return `${[base, ...segments].join("/")}${suffix}`;
}
