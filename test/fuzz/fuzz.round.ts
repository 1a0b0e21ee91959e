import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { buildSchema, OperationTypeNode } from "graphql";
import { SocketClosed } from "../support/live-client.ts";
import { everybody, type PersonName, type Sett } from "../support/sett.ts";
import { problemsOf, type Observed } from "./answer.oracle.ts";
import { told } from "./canaries.ts";
import type { Choices } from "./choices.ts";
import { breakSome } from "./fault.generator.ts";
import { makeOperation, type Operation } from "./operation.generator.ts";

/** So long may an answer take, whatever is broken. */
const deadlineMs = 30_000;

/** So long is what a subscription tells first waited for. */
const patienceMs = 300;

const schema = buildSchema(readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8"));

const { QUERY, MUTATION, SUBSCRIPTION } = OperationTypeNode;
const kinds = [QUERY, QUERY, QUERY, QUERY, QUERY, MUTATION, MUTATION, MUTATION, SUBSCRIPTION];

/** Whoever may much is asked for more often: of nobody there is the least to watch. */
const people: readonly PersonName[] = [...everybody, "demo", "al", "al", "zu", "zu", "eve", "admin"];

interface Asked {
  readonly person: PersonName;
  readonly operation: Operation;
  readonly isOverSocket: boolean;
}

/** What was asked and answered. */
export interface Exchange extends Asked {
  readonly observed: Observed;
}

function ask(choices: Choices, ids: readonly string[]): Asked {
  const person = choices.pick(people);
  // Most of what is asked is of what one has to do with, so that more is answered than refused.
  const producer = choices.chance(65) ? (person === "eve" ? "eve" : "demo") : undefined;
  const operation = makeOperation(choices.pick(kinds), { schema, choices, ids, producer });
  return { person, operation, isOverSocket: operation.kind === SUBSCRIPTION || choices.chance(15) };
}

/** Asks over a socket; a subscription is left once it has told something, or might never. */
async function answersOverSocket(sett: Sett, { person, operation }: Asked): Promise<readonly Observed[]> {
  const events: Observed[] = [];
  const subscribed = sett.as(person).subscribeText(operation.text, operation.variables);
  let begin = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => (begin = resolve));
  const follow = async () => {
    for await (const { data, errors } of subscribed) {
      events.push({ text: JSON.stringify({ data, errors }), status: undefined, data, errors });
      begin();
    }
  };
  const over = follow().catch((error: unknown) => {
    // Whose credential cannot be looked up may be told to come back; nobody is told that the gateway broke.
    if (!(error instanceof SocketClosed) || error.code === 4500) throw error;
  });
  await (operation.kind === SUBSCRIPTION ? Promise.race([hasBegun, over, wait(patienceMs)]) : over);
  await subscribed.return();
  await over;
  return events;
}

async function answersTo(sett: Sett, asked: Asked): Promise<readonly Observed[]> {
  const { person, operation, isOverSocket } = asked;
  const answers = isOverSocket
    ? answersOverSocket(sett, asked)
    : sett
        .as(person)
        .askText(operation.text, operation.variables)
        .then((answer) => [answer]);
  const late = wait(deadlineMs, undefined, { ref: false }).then(() => {
    throw new Error(`this was not answered in time: ${JSON.stringify(asked)}`);
  });
  return Promise.race([answers, late]);
}

/** Has several people ask at once, of services that may be broken; throws with all that is wrong with an answer. */
export async function fuzzRound(
  sett: Sett,
  choices: Choices,
  ids: readonly string[],
): Promise<readonly Exchange[]> {
  const all = Array.from({ length: 1 + choices.below(8) }, () => ask(choices, ids));
  const fault = choices.chance(40) ? breakSome(sett.sandbox, choices) : undefined;
  const before = told(sett.sandbox);
  const answers = await Promise.all(all.map((asked) => answersTo(sett, asked)));
  fault?.mend();
  const after = told(sett.sandbox);
  const { giteaToken, kubernetes } = sett.sandbox.addresses;
  const secrets = [giteaToken, kubernetes.token, ...everybody.map((person) => `${person}-token`)];
  const exchanges = all.flatMap((asked, index) =>
    (answers[index] ?? []).map((observed) => ({ ...asked, observed })),
  );
  for (const { observed, ...asked } of exchanges) {
    // Rights that changed meanwhile count either way.
    const mayBeTold = new Set([...(before.get(asked.person) ?? []), ...(after.get(asked.person) ?? [])]);
    const problems = [...problemsOf(observed, { told: mayBeTold, secrets })];
    if (problems.length === 0) continue;
    const { status, text } = observed;
    const report = { problems, ...asked, fault: fault?.told, status, text: text.slice(0, 3_000) };
    throw new Error(JSON.stringify(report, undefined, 2));
  }
  return exchanges;
}
