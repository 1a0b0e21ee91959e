/** The token of this tab: its session storage ends with it, and no other tab reads it. */
const key = "sett:token";

/** The token that was shown in this tab, also before it was loaded anew. */
export function readToken(): string | undefined {
  return sessionStorage.getItem(key) ?? undefined;
}

export function keepToken(token: string | undefined): void {
  if (token === undefined) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, token);
}

/** What a header can carry at all; whatever else was pasted is no token. */
const sendable = /^[\x21-\x7e]+$/;
const withScheme = /^(?:token|bearer)\s+/i;

/** The token in what somebody has pasted, or undefined where there cannot be one. */
export function tokenIn(pasted: string): string | undefined {
  const token = pasted.trim().replace(withScheme, "");
  return sendable.test(token) ? token : undefined;
}

/** Identity tokens are JSON Web Tokens and go as bearers; Gitea's own are told by `token`. */
export function headerOf(token: string): string {
  return /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(token) ? `Bearer ${token}` : `token ${token}`;
}
