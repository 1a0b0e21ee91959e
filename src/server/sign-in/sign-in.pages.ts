import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";

/** What one of the pages says; nothing in it is anybody else's words. */
export interface PlainPage {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  /** The ways on from here: addresses of this server's. */
  readonly links?: readonly { readonly to: string; readonly name: string }[];
  /** A button that sends a form without fields. */
  readonly button?: { readonly to: string; readonly name: string };
}

const style = `
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif }
body { max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem }
button { font: inherit; padding: .5rem 1rem }
a { margin-right: 1.5rem }
`;

const styleHash = createHash("sha256").update(style).digest("base64");

const headers = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  "cross-origin-opener-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? "");

const bodyOf = ({ title, text, links = [], button }: PlainPage) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)} – Sett</title>
<style>${style}</style>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
${button ? `<form method="post" action="${escaped(button.to)}"><button>${escaped(button.name)}</button></form>\n` : ""}\
<p>${links.map(({ to, name }) => `<a href="${escaped(to)}">${escaped(name)}</a>`).join("\n")}</p>
</main>
</html>
`;

/** Answers with a small page that loads nothing. */
export function answerPage(response: ServerResponse, page: PlainPage): void {
  const body = bodyOf(page);
  // Without a referrer a form would not say where it is from either.
  const referrer = page.button ? "same-origin" : "no-referrer";
  response
    .writeHead(page.status, {
      ...headers,
      "referrer-policy": referrer,
      "content-length": Buffer.byteLength(body),
    })
    .end(body);
}

/** Leads a browser on. */
export function lead(response: ServerResponse, location: string): void {
  response
    .writeHead(303, {
      location,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-length": 0,
    })
    .end();
}
