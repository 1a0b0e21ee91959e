import type { RequestData } from "./recording.data.ts";

/** What the sandbox answered. */
export interface Answer {
  status: number;
  /** The X-Total-Count header. */
  total: string | undefined;
  body: string;
}

/** What has been learnt so far, by the names the recordings use between {{ and }}. */
export type Known = Map<string, string>;

/** Makes a recorded request and keeps what is to be learnt from its answer. */
export async function send(data: RequestData, server: string, known: Known): Promise<Answer> {
  const [method = "GET", path = "/"] = fill(data.request, known).split(/ (.*)/s);
  const headers = Object.fromEntries(
    Object.entries(data.headers ?? {}).map(([name, value]) => [name, encoded(fill(value, known))]),
  );
  const text = bodyText(data.body);
  const stop = new AbortController();
  const response = await fetch(server + path, {
    method,
    redirect: "manual",
    signal: stop.signal,
    headers: text === undefined ? headers : { "Content-Type": "application/json", ...headers },
    ...(text === undefined ? {} : { body: fill(text, known) }),
  });
  const body = await (data.opensWith === undefined
    ? response.text()
    : beginningOf(response, data.opensWith.length));
  stop.abort();
  for (const [name, where] of Object.entries(data.learn ?? {})) known.set(name, valueAt(body, where));
  return { status: response.status, total: response.headers.get("x-total-count") ?? undefined, body };
}

async function beginningOf(response: Response, length: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length >= length) break;
  }
  return text;
}

/** Writes what is known by now into a text. */
export function fill(template: string, known: Known): string {
  return template.replace(/\{\{([^}]+)\}\}/g, (_whole, name: string) => {
    const value = known.get(name);
    if (value === undefined) throw new Error(`nothing is known of {{${name}}} in ${template}`);
    return value;
  });
}

/** The recordings write the two halves of a Basic credential in the clear. */
function encoded(header: string): string {
  const basic = /^Basic (.*)$/s.exec(header)?.[1];
  return basic === undefined ? header : `Basic ${Buffer.from(basic).toString("base64")}`;
}

function valueAt(body: string, where: string): string {
  const step = (at: unknown, key: string): unknown => (at as Record<string, unknown> | undefined)?.[key];
  return String(where.split(".").reduce<unknown>(step, JSON.parse(body)));
}

/** The body to send: none where none was recorded. */
function bodyText(body: unknown): string | undefined {
  if (body === undefined) return undefined;
  return typeof body === "string" ? body : JSON.stringify(body);
}
