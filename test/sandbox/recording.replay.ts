import { answerDifferences, deliveryDifferences } from "./answer.comparison.ts";
import type { HookListener } from "./hook.listener.ts";
import { fill, send, type Answer, type Known } from "./recorded.request.ts";
import type { Exchange, Recording, RequestData, Step } from "./recording.data.ts";

/** Where the requests of a replay go, by the names the recordings use, and what is known from the start. */
export interface ReplayTargets {
  servers: Record<string, string>;
  known: Record<string, string>;
  listener: HookListener;
  /** Lets time go by. */
  goBy(ms: number): void;
  /** Signs a user in where an application asks for it, and returns the code that it is given. */
  signIn(login: string, password: string, at: string): Promise<string>;
}

/** One way in which an answer was not what was recorded. */
export interface Difference {
  n: number;
  what: string;
}

/** Makes the requests of a recording in order and tells how the answers differ from the recorded ones. */
export async function replay(
  service: string,
  recording: Recording,
  targets: ReplayTargets,
): Promise<Difference[]> {
  const known: Known = new Map(Object.entries(targets.known));
  const found: Difference[] = [];
  const tell = (n: number, what: string[]): void => {
    found.push(...what.map((each) => ({ n, what: each })));
  };
  const ask = (data: RequestData): Promise<Answer> => {
    const server = targets.servers[data.to ?? service];
    if (server === undefined) throw new Error(`no server is called ${data.to ?? service}`);
    return send(data, server, known);
  };

  const askTogether = async (exchanges: Exchange[]): Promise<void> => {
    const answers = await Promise.all(exchanges.map(ask));
    const pairs = exchanges.map((each) =>
      answers.map((answer) => answerDifferences(each, answer, recording.shapes)),
    );
    // Who of several gets which answer is open: each recorded answer was given, and each given one was recorded.
    exchanges.forEach(({ n }, row) => tell(n, fewest(pairs[row] ?? [])));
    if (exchanges.length === 1) return;
    exchanges.forEach(({ n }, column) => tell(n, fewest(pairs.map((row) => row[column] ?? []))));
  };

  for (const step of recording.given) await take(step, ask);
  for (const [first, ...more] of grouped(recording.exchanges)) {
    if ("laterMs" in first) targets.goBy(first.laterMs);
    else if ("signsIn" in first) {
      const [password, at] = [fill(first.password, known), fill(first.at, known)];
      known.set(first.as, await targets.signIn(first.signsIn, password, at));
    } else if ("unrecorded" in first) await take(first, ask);
    else if ("status" in first) await askTogether([first, ...(more as Exchange[])]);
    else tell(first.n, await deliveryDifferences(first, targets.listener, recording.shapes));
  }
  return found;
}

async function take(step: Step, ask: (data: RequestData) => Promise<Answer>): Promise<void> {
  const { status, body } = await ask(step);
  if (status >= 400) throw new Error(`${step.request} (${step.unrecorded}) was answered ${status}: ${body}`);
}

type Entry = Recording["exchanges"][number];

/** Neighbours made together in one list, everything else in a list of its own. */
function grouped(entries: Entry[]): [Entry, ...Entry[]][] {
  const groups: [Entry, ...Entry[]][] = [];
  let last: string | undefined;
  for (const entry of entries) {
    const together = "together" in entry ? entry.together : undefined;
    if (together !== undefined && together === last) groups.at(-1)?.push(entry);
    else groups.push([entry]);
    last = together;
  }
  return groups;
}

function fewest(candidates: string[][]): string[] {
  return candidates.reduce((best, next) => (next.length < best.length ? next : best));
}
