import type { Reply } from "../../http.ts";

const style = `
  :root { color-scheme: light dark; }
  body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; background: #f4f4f5; color: #18181b; }
  main { max-width: 30rem; margin: 3rem auto; padding: 1.5rem 2rem; background: #fff; border-radius: .5rem; }
  h1 { font-size: 1.4rem; }
  .note, .about { color: #52525b; }
  .error { padding: .5rem .75rem; border-left: .25rem solid #b91c1c; background: #fef2f2; color: #7f1d1d; }
  ul { padding: 0; list-style: none; }
  li { margin: .5rem 0; }
  label { display: block; margin: .75rem 0 .25rem; }
  input { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; }
  button { padding: .5rem 1rem; font: inherit; border: 1px solid #3f6212; border-radius: .25rem; background: #3f6212; color: #fff; cursor: pointer; }
  button.plain { background: transparent; color: inherit; border-color: currentColor; }
  button:focus-visible, input:focus-visible { outline: .2rem solid #2563eb; outline-offset: .1rem; }
  code { overflow-wrap: anywhere; }
  @media (prefers-color-scheme: dark) {
    body { background: #18181b; color: #f4f4f5; }
    main { background: #27272a; }
    .note, .about { color: #d4d4d8; }
    .error { background: #450a0a; color: #fecaca; }
  }
`;

/** Text that is already HTML. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Writes HTML; whatever is put into it is text unless it is HTML itself. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[])[]
): Html {
  const written = values.map((value) => {
    if (value instanceof Html) return value.text;
    return typeof value === "string" ? escape(value) : value.map(({ text }) => text).join("");
  });
  return new Html(String.raw({ raw: parts }, ...written));
}

/** A page of the sandbox's Gitea, which says that it is one. */
export function page(status: number, title: string, content: Html): Reply {
  const whole = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - Gitea of the sandbox</title>
        <link rel="icon" href="data:," />
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <main>
          <p class="note">This is the sandbox's stand-in for Gitea. Nothing in it is real.</p>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `;
  return {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy":
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
    },
    body: whole.text,
  };
}

/** Sends a browser on, in the way Gitea does after a form. */
export function sendOn(location: string): Reply {
  const link = html`<a href="${location}">See Other</a>.`;
  return {
    status: 303,
    headers: { "Content-Type": "text/html; charset=utf-8", Location: location },
    body: `${link.text}\n\n`,
  };
}

function escape(text: string): string {
  const named: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => named[character] ?? character);
}
