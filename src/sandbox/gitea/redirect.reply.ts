import type { Reply } from "../http.ts";

/** A name which has changed: the caller is sent to the new one. */
export class Redirect extends Error {
  readonly location: string;

  constructor(url: string, former: string, present: string) {
    super("renamed");
    this.location = url.replace(former, present);
  }

  reply(method: string): Reply {
    const headers = { Location: this.location };
    if (method !== "GET" && method !== "HEAD") return { status: 307, headers };
    const href = this.location.replaceAll("&", "&amp;");
    return {
      status: 307,
      headers: { "Content-Type": "text/html; charset=utf-8", ...headers },
      body: `<a href="${href}">Temporary Redirect</a>.\n\n`,
    };
  }
}
