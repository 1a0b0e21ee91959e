import { readFileSync } from "node:fs";
import { differences, type NamedShapes, type Shape } from "./answer.shape.ts";
import { ask, linesOf } from "./kubernetes.harness.ts";

interface Recorded {
  readonly request: string;
  readonly as?: string;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: string;
  readonly status: number;
  readonly retryAfter?: string;
  readonly warning?: string;
  /** A shape; "empty"; "=cut" for JSON of which nothing is left to compare; or a text. */
  readonly answer?: Shape;
  readonly events?: readonly { readonly type: string; readonly object: Shape }[];
}

interface KubernetesRecording {
  readonly shapes: NamedShapes;
  readonly exchanges: Readonly<Record<string, readonly Recorded[]>>;
}

const [reading, writing] = ["kubernetes", "kubernetes-writes"].map((name) => {
  const file = new URL(`../recordings/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Partial<KubernetesRecording>;
});
const recording: KubernetesRecording = {
  shapes: reading?.shapes ?? {},
  exchanges: { ...reading?.exchanges, ...writing?.exchanges },
};

/** The names of all recorded conversations. */
export const conversations: readonly string[] = Object.keys(recording.exchanges);

/** What is known of the moment: versions and tokens by the names that the recording has for them. */
export type Moment = Readonly<Record<string, string | number>>;

/** Makes the requests of a conversation in order, and tells how the answers differ from the recorded ones. */
export async function replayed(
  name: string,
  moment: Moment = {},
  during: (index: number) => void = () => undefined,
): Promise<string[]> {
  const found: string[] = [];
  for (const [index, each] of (recording.exchanges[name] ?? []).entries()) {
    const stop = new AbortController();
    const request = each.request.replace(/\{\{(\w+)\}\}/g, (_whole, key: string) => String(moment[key]));
    const { as = "", accept, contentType, body } = each;
    const response = await ask(request, { as, accept, contentType, body, signal: stop.signal });
    during(index);
    const tell = (what: string): void => void found.push(`${name} ${index}: ${what}`);
    if (response.status !== each.status) tell(`status ${response.status} instead of ${each.status}`);
    const retryAfter = response.headers.get("retry-after") ?? undefined;
    if (retryAfter !== each.retryAfter) tell(`Retry-After ${retryAfter}`);
    const warning = response.headers.get("warning") ?? undefined;
    if (warning !== each.warning) tell(`Warning ${warning}`);
    if (each.events === undefined)
      for (const what of await answerDifferences(response, each.answer)) tell(what);
    else for (const what of await eventDifferences(response, each.events)) tell(what);
    stop.abort();
  }
  return found;
}

/** Makes several conversations, one after the other. */
export async function allReplayed(names: readonly string[], moment: Moment = {}): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    found.push(...(await replayed(name, moment)));
  }
  return found;
}

async function answerDifferences(response: Response, shape: Shape = "empty"): Promise<string[]> {
  const text = await response.text();
  if (shape === "empty") return text === "" ? [] : [`${text} instead of nothing`];
  if (shape === "=cut") return text.startsWith("{") ? [] : [`${text} instead of JSON`];
  if (typeof shape === "string") return `=${text}` === shape ? [] : [`${text} instead of ${shape}`];
  return differences(comparable(JSON.parse(text)), shape, { named: recording.shapes });
}

async function eventDifferences(
  response: Response,
  recorded: NonNullable<Recorded["events"]>,
): Promise<string[]> {
  const found: string[] = [];
  const lines = linesOf(response);
  // What ends with an error or without anything ends by itself; of the rest only so much is read.
  const endsItself = recorded.length === 0 || recorded.at(-1)?.type === "ERROR";
  for (const [index, { type, object }] of recorded.entries()) {
    const { value, done } = await lines.next();
    if (done === true) return [...found, `ends before event ${index}`];
    const event = JSON.parse(value) as { type: string; object: Record<string, unknown> };
    if (event.type !== type) found.push(`event ${index} is ${event.type} instead of ${type}`);
    const { status: _status, ...rest } = event.object;
    // What the recorded statuses were made up of by hand is left out of the recording.
    const hasStatus = typeof object === "object" && "status" in object;
    const what = differences(comparable(hasStatus ? event.object : rest), object, {
      named: recording.shapes,
    });
    found.push(...what.map((each) => `event ${index} ${each}`));
  }
  if (endsItself && (await lines.next()).done !== true) found.push("more events than recorded");
  return found;
}

/** Without who set which field, which the sandbox tells of in fewer words. */
function comparable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each: unknown) => (key === "managedFields" ? undefined : each)),
  );
}
