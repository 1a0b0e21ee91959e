/** Most entities that a change names. */
const limit = 100;

/** What of a long list a change names, each once, and how many it does not. */
export function namedEntities(entities: Iterable<string>): {
  readonly entities: readonly string[];
  readonly unnamed: number;
} {
  const all = [...new Set(entities)];
  return { entities: all.slice(0, limit), unnamed: Math.max(0, all.length - limit) };
}
