const prefix = "graphiql:";

/** GraphiQL honours `shouldPersistHeaders` for its tabs but not for its history and favourites. */
const keysWithHeaders = new Set([`${prefix}queries`, `${prefix}favorites`, `${prefix}tabState`]);

/** Null as GraphiQL writes it: it throws away tabs that lack the property. */
function withoutHeaders(json: string): string {
  return JSON.stringify(JSON.parse(json), (key, value: unknown) => (key === "headers" ? null : value));
}

/**
 * What GraphiQL may remember: tabs, history and theme, but never a header, because a header here is a token and
 * whatever runs on this origin later can read the browser's storage. A token lasts as long as the page is open.
 */
export const tokenFreeStorage = {
  getItem: (key: string): string | null => localStorage.getItem(key),
  setItem: (key: string, value: string): void => {
    if (key === `${prefix}headers`) return;
    localStorage.setItem(key, keysWithHeaders.has(key) ? withoutHeaders(value) : value);
  },
  removeItem: (key: string): void => {
    localStorage.removeItem(key);
  },
  clear: (): void => {
    for (const key of ownKeys()) localStorage.removeItem(key);
  },
  get length(): number {
    return ownKeys().length;
  },
};

function ownKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
}

/** Whether this browser has no tabs of an earlier visit. */
export function isFirstVisit(): boolean {
  return tokenFreeStorage.getItem(`${prefix}tabState`) === null;
}

/**
 * GraphiQL shows the first of its default tabs without that tab's variables: it reads them from its storage only.
 * So on a first visit they are put there.
 */
export function rememberFirstTab(query: string, variables: string): void {
  if (!isFirstVisit()) return;
  tokenFreeStorage.setItem(`${prefix}query`, query);
  tokenFreeStorage.setItem(`${prefix}variables`, variables);
}
