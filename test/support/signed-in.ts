import { stringifyCookie } from "cookie";
import { createSeal } from "../../src/server/sign-in/seal.ts";
import { sessionShape, type Session } from "../../src/server/sign-in/session.record.ts";
import { FormBrowser } from "./form.browser.ts";
import type { AnsweredError, Sett } from "./sett.ts";

/** What a gateway answers to a question with a cookie. */
export interface CookieAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Record<string, unknown> | null | undefined;
  readonly codes: readonly string[];
}

/** The name of the cookie that a session is in, where the gateway is reached without TLS. */
export const sessionCookie = "sett_session";

/** Signs in as one of the sandbox's people, through the pages of its Gitea. */
export async function signInAs(
  sett: Pick<Sett, "url">,
  name: string,
  browser: FormBrowser = new FormBrowser(),
): Promise<FormBrowser> {
  await browser.open(`${sett.url}/login?return=/session`);
  const has = (button: string) => browser.page.text.includes(`>${button}</button>`);
  if (has(`Sign in as ${name}`)) await browser.press(`Sign in as ${name}`);
  if (has("Authorize")) await browser.press("Authorize");
  return browser;
}

/** What a browser would send along. */
export const cookieOf = (browser: FormBrowser, url: string): string =>
  stringifyCookie(browser.cookiesFor(url));

/** Asks as a page of the gateway's own does. */
export async function askWithCookie(
  url: string,
  cookie: string,
  query = "{ viewer { login } }",
  headers: Record<string, string> = { origin: url },
): Promise<CookieAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie, ...headers },
    body: JSON.stringify({ query }),
  });
  const { data, errors = [] } = (await response.json()) as {
    data?: Record<string, unknown> | null;
    errors?: readonly AnsweredError[];
  };
  const codes = errors.map(({ extensions }) => extensions.code);
  return { status: response.status, headers: response.headers, data, codes };
}

/** What `/session` says. */
export async function askSession(url: string, cookie: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/session`, { headers: { cookie, ...headers } });
  const said = (await response.json()) as { signedIn?: boolean; login?: string; expiresAt?: string };
  return { status: response.status, headers: response.headers, said };
}

/** Signs out as a page of the gateway's own does. */
export const signOut = (url: string, cookie: string, headers: Record<string, string> = { origin: url }) =>
  fetch(`${url}/logout`, { method: "POST", headers: { cookie, ...headers } });

/** The same session, sealed with the gateway's secret, as it will be later or as somebody would have it. */
export async function reseal(
  value: string,
  secret: string,
  change: Partial<Session>,
  { purpose = "session", by = secret }: { purpose?: string; by?: string } = {},
): Promise<string> {
  const session = await createSeal([secret], "session", sessionShape).open(value);
  if (!session) throw new Error("the session does not open");
  const changed = { ...session, ...change };
  return createSeal([by], purpose, sessionShape).seal(changed, changed.endsAtMs);
}
