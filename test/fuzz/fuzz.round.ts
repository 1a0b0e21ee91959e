import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { buildSchema, OperationTypeNode } from "graphql";
import { everybody, type PersonName, type Sett } from "../support/sett.ts";
import { problemsOf, type Observed } from "./answer.oracle.ts";
import { told } from "./canaries.ts";
import type { Choices } from "./choices.ts";
import { watchDeeds, type Deeds } from "./deed.oracle.ts";
import { breakSome } from "./fault.generator.ts";
import { keepingOf, strangeChanges } from "./keeping.ts";
import { makeOperation, type Operation } from "./operation.generator.ts";
import { follow, type Transport } from "./transport.ts";

/** So long may an answer take, whatever is broken. */
const deadlineMs = 30_000;

/** So long is what a subscription tells first waited for. */
const patienceMs = 300;

/** The graph as it is published. */
export const schema = buildSchema(readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8"));

const { QUERY, MUTATION, SUBSCRIPTION } = OperationTypeNode;
const kinds = [QUERY, QUERY, QUERY, QUERY, QUERY, MUTATION, MUTATION, MUTATION, SUBSCRIPTION];

/** Whoever may much is asked for more often: of nobody there is the least to watch. */
const people: readonly PersonName[] = [...everybody, "demo", "al", "al", "zu", "zu", "eve", "admin"];

interface Asked {
  readonly person: PersonName;
  readonly operation: Operation;
  /** Undefined for a plain request. */
  readonly transport: Transport | undefined;
}

/** What was asked and answered. */
export interface Exchange extends Asked {
  readonly observed: Observed;
  /** Whether it was a change that whoever asked for it may make. */
  readonly isPermitted: boolean;
}

/** Who asks for what of whom: pairs of those who may only read, if that, for rounds in which nothing may change. */
const trespasses: readonly (readonly [PersonName, string])[] = [
  ...([
    ["zu", "demo"],
    ["zu", "demo"],
    ["zu", "demo"],
    ["eve", "demo"],
    ["nobody", "demo"],
  ] as const),
  ...([
    ["al", "eve"],
    ["demo", "eve"],
    ["zu", "eve"],
  ] as const),
];

/** Most of what is asked is of what one has to do with, so that more is answered than refused. */
function whoAsks(choices: Choices, isApt: boolean): readonly [PersonName, string | undefined] {
  const person = choices.pick(people);
  const own = person === "eve" ? "eve" : "demo";
  return [person, isApt || choices.chance(65) ? own : undefined];
}

function ask(choices: Choices, ids: readonly string[], isTrespass: boolean): Asked {
  const kind = isTrespass ? choices.pick([MUTATION, MUTATION, QUERY]) : choices.pick(kinds);
  const isApt = kind === MUTATION && choices.chance(isTrespass ? 95 : 75);
  const [person, producer] = isTrespass ? choices.pick(trespasses) : whoAsks(choices, isApt);
  const operation = makeOperation(kind, { schema, choices, ids, producer, isApt });
  const isOverHttp = kind !== SUBSCRIPTION && choices.chance(80);
  return { person, operation, transport: isOverHttp ? undefined : choices.pick(["socket", "stream"]) };
}

/** Asks over a socket or a stream; a subscription is left once it has told something, or might never. */
async function answersOver(
  transport: Transport,
  sett: Sett,
  { person, operation }: Asked,
): Promise<readonly Observed[]> {
  const { begun, over, leave, told: events } = follow(sett, transport, person, operation);
  await (operation.kind === SUBSCRIPTION ? Promise.race([begun, wait(patienceMs)]) : over);
  await leave();
  return events;
}

async function answersTo(sett: Sett, asked: Asked): Promise<readonly Observed[]> {
  const { person, operation, transport } = asked;
  const answers = transport
    ? answersOver(transport, sett, asked)
    : sett
        .as(person)
        .askText(operation.text, operation.variables)
        .then((answer) => [answer]);
  const late = wait(deadlineMs, undefined, { ref: false }).then(() => {
    throw new Error(`this was not answered in time: ${JSON.stringify(asked)}`);
  });
  return Promise.race([answers, late]);
}

/** What rounds know of each other. */
interface Sequel {
  /** Who asked for changes in the last round: what a broken service was slow with may be done only now. */
  doers: ReadonlySet<PersonName>;
}

/** Rounds on one gateway, one after the other. */
export interface Rounds {
  readonly next: () => Promise<readonly Exchange[]>;
}

/** Has several people ask at once, of services that may be broken; throws with all that is wrong with an answer. */
async function fuzzRound(
  sett: Sett,
  choices: Choices,
  ids: readonly string[],
  sequel: Sequel,
): Promise<readonly Exchange[]> {
  const { sandbox } = sett;
  const isTrespass = choices.chance(25);
  const all = Array.from({ length: 1 + choices.below(8) }, () => ask(choices, ids, isTrespass));
  const keeping = keepingOf(sandbox);
  const fault = choices.chance(40) ? breakSome(sandbox, choices) : undefined;
  const before = told(sandbox);
  const deeds = all.map((asked) => watchDeeds(sandbox, asked, schema));
  const answers = await Promise.all(all.map((asked) => answersTo(sett, asked)));
  fault?.mend();
  const after = told(sandbox);
  const { giteaToken, kubernetes } = sandbox.addresses;
  const secrets = [giteaToken, kubernetes.token, ...everybody.map((person) => `${person}-token`)];
  const exchanges: Exchange[] = [];
  for (const [index, asked] of all.entries()) {
    // Rights that changed meanwhile count either way.
    const mayBeTold = new Set([...(before.get(asked.person) ?? []), ...(after.get(asked.person) ?? [])]);
    for (const observed of answers[index] ?? []) {
      const { isPermitted, done } = deeds[index] as Deeds;
      exchanges.push({ ...asked, observed, isPermitted });
      const wrong = [...problemsOf(observed, { told: mayBeTold, secrets })];
      const problems = [...wrong, ...done(observed.data)];
      if (problems.length === 0) continue;
      const { status, text } = observed;
      const report = { problems, ...asked, fault: fault?.told, status, text: text.slice(0, 3_000) };
      throw new Error(JSON.stringify(report, undefined, 2));
    }
  }
  const doers = new Set(
    all.filter(({ operation }) => operation.kind === MUTATION).map(({ person }) => person),
  );
  const strange = strangeChanges(keeping, keepingOf(sandbox), new Set([...doers, ...sequel.doers]));
  if (strange.length > 0) throw new Error(JSON.stringify({ strange, all, fault: fault?.told }, undefined, 2));
  sequel.doers = doers;
  return exchanges;
}

export function roundsOn(sett: Sett, choices: Choices, ids: readonly string[]): Rounds {
  const sequel: Sequel = { doers: new Set() };
  return { next: () => fuzzRound(sett, choices, ids, sequel) };
}
