import { parseSetCookie, stringifyCookie } from "cookie";

/** One page as a browser has it after it was sent on wherever it was to go. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A browser without scripts and pictures: it keeps cookies by host, goes where it is sent, and posts forms. */
export class FormBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();
  #page: Page | undefined;

  /** The page it is on. */
  get page(): Page {
    if (this.#page === undefined) throw new Error("no page has been opened");
    return this.#page;
  }

  /** Opens an address, and whatever that sends it on to, as long as `follow` says so of it. */
  async open(url: string, follow: (location: string) => boolean = () => true): Promise<Page> {
    return this.#go(url, {}, follow);
  }

  /** Posts the form on the page that has a button of this text, as if the button were pressed. */
  async press(
    button: string,
    typed: Record<string, string> = {},
    follow: (location: string) => boolean = () => true,
  ): Promise<Page> {
    const { url, text } = this.page;
    const form = [...text.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].find(([, , inside = ""]) =>
      pressed(inside, button),
    );
    if (form === undefined) throw new Error(`no form on ${url} has a button ${button}`);
    const [, head = "", inside = ""] = form;
    const fields = [...inside.matchAll(/<input([^>]*)>/g), pressed(inside, button) ?? []]
      .map(([, tag = ""]) => [attribute(tag, "name"), attribute(tag, "value") ?? ""] as const)
      .flatMap(([name, value]) =>
        name === undefined ? [] : [[name, typed[name] ?? value] as [string, string]],
      );
    const body = new URLSearchParams(fields);
    const headers = { "Content-Type": "application/x-www-form-urlencoded", Origin: new URL(url).origin };
    const action = new URL(attribute(head, "action") ?? "", url).href;
    return this.#go(action, { method: "POST", body, headers }, follow);
  }

  /** The cookies that would be sent there. */
  cookiesFor(url: string): Record<string, string> {
    return Object.fromEntries(this.#cookies.get(new URL(url).hostname) ?? []);
  }

  async #go(url: string, init: RequestInit, follow: (location: string) => boolean): Promise<Page> {
    const headers = { ...init.headers, cookie: stringifyCookie(this.cookiesFor(url)) };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    this.#keep(url, response);
    const location = response.headers.get("location");
    const next = location === null ? undefined : new URL(location, url).href;
    if (next !== undefined && follow(next)) return this.#go(next, {}, follow);
    this.#page = {
      url: next ?? url,
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    };
    return this.#page;
  }

  /** Cookies know no ports, so neither does this. */
  #keep(url: string, response: Response): void {
    const { hostname } = new URL(url);
    const kept = this.#cookies.get(hostname) ?? new Map<string, string>();
    this.#cookies.set(hostname, kept);
    for (const line of response.headers.getSetCookie()) {
      const { name, value, maxAge } = parseSetCookie(line);
      if (value === undefined || value === "" || maxAge === 0) kept.delete(name);
      else kept.set(name, value);
    }
  }
}

function pressed(form: string, text: string): RegExpExecArray | undefined {
  return [...form.matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/g)].find(
    ([, , label = ""]) => label.trim() === text,
  );
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return value?.replace(/&(amp|lt|gt|quot|#39);/g, (_, each: string) => named[each] ?? "");
}
