import { vi } from "vitest";
import type { PersonName, Sett } from "../support/sett.ts";
import { problemsOf } from "./answer.oracle.ts";
import { told } from "./canaries.ts";
import type { Choices } from "./choices.ts";
import { levelIn, mayDo, reaches } from "./right.table.ts";
import { follow, type Following, type Transport } from "./transport.ts";

/** So long may a busy machine take for what takes a moment. */
const patience = { timeout: 15_000, interval: 20 };

const permissions = [
  ...["project:read", "project:write", "project:admin"],
  ...["functions:read", "functions:write", "functions:admin"],
];

const project = { producer: "demo", env: "dev" };
const asAlias = (permission: string) => permission.replace(":", "_");
const mine = permissions.map((each) => `${asAlias(each)}: viewerCan(permission: "${each}")`).join(" ");

/** What is asked for along with the news of a change: what depends on who asks among what does not. */
const selections = [
  "",
  "functions { name files { text } }",
  'document files(path: "planted.txt") { text }',
  "viewerPermission viewerFunctionsPermission pods { name kind }",
  "models { description } functionsRepo { name }",
];

/** Those whose rights to demo's things come and go. */
const guests = ["al", "zu", "eve"] as const;
type Guest = (typeof guests)[number];

type Given = "read" | "write" | "admin" | "none";

/** Says at Gitea itself how far somebody gets in a repository of demo's: the gateway is told by nobody. */
function giveIn({ sandbox }: Sett, guest: Guest, name: "dev" | "functions", level: Given): void {
  const { platform } = sandbox.gitea;
  const account = `customer-${guest}`;
  if (level !== "none") platform.setCollaborator("customer-demo", name, account, level);
  else if (levelIn(sandbox, guest, "customer-demo", name) !== "none")
    platform.removeCollaborator("customer-demo", name, account);
}

interface Follower extends Following {
  readonly person: PersonName;
  readonly transport: Transport;
}

function* problemsOfFollower(sett: Sett, { person, told: all }: Follower): Generator<string> {
  const may = told(sett.sandbox).get(person) ?? new Set();
  for (const observed of all) {
    yield* problemsOf(observed, { told: may, secrets: [] });
    const { data } = observed;
    const seen = (data as { projectChanged?: { project?: Record<string, unknown> } } | null | undefined)
      ?.projectChanged?.project;
    for (const permission of seen ? permissions : []) {
      const answered = seen?.[asAlias(permission)];
      if (answered !== mayDo(sett.sandbox, person, permission, project))
        yield `${person} is told ${String(answered)} of ${permission}`;
    }
  }
}

function check(sett: Sett, followers: readonly Follower[], text: string): void {
  for (const follower of followers) {
    const problems = [...problemsOfFollower(sett, follower)];
    if (problems.length === 0) continue;
    const { person, transport, told: all } = follower;
    throw new Error(JSON.stringify({ problems, person, transport, text, told: all }, undefined, 2));
  }
}

const codesOf = ({ told: all }: Following) =>
  all.flatMap(({ errors }) => errors.map(({ extensions: { code } }) => code));

const saving = `mutation ($input: SaveRepoFileInput!) { saveRepoFile(input: $input) { commitSha } }`;

/** Something happens that all who listen are to hear of. */
async function change(sett: Sett, path: string, listening: readonly Follower[]): Promise<void> {
  const input = { repo: { owner: "customer-demo", name: "dev" }, path, content: path };
  const { data, text } = await sett.as("demo").askText(saving, { input });
  const saved = data?.["saveRepoFile"] as { readonly commitSha: string } | null | undefined;
  if (!saved) throw new Error(`nothing could be changed: ${text}`);
  await vi.waitFor(() => {
    const unaware = listening.filter(
      ({ told: all }) => !all.some((event) => event.text.includes(saved.commitSha)),
    );
    if (unaware.length > 0)
      throw new Error(`${unaware.map(({ person }) => person).join(", ")} did not hear of a change`);
  }, patience);
}

/** Rights that were looked up before count until they are old. */
async function rightsAreKnown(sett: Sett): Promise<void> {
  const asking = `{ project(producer: "demo") { ${mine} } }`;
  await vi.waitFor(async () => {
    for (const guest of guests) {
      const { data, text } = await sett.as(guest).askText(asking);
      const known = data?.["project"] as Record<string, unknown> | null | undefined;
      const mayRead = mayDo(sett.sandbox, guest, "project:read", project);
      const isRight = mayRead
        ? permissions.every((each) => known?.[asAlias(each)] === mayDo(sett.sandbox, guest, each, project))
        : known === null;
      if (!isRight) throw new Error(`${guest} is told ${text}`);
    }
  }, patience);
}

/**
 * People of different rights follow the same at once, and something happens. Then one of them loses the right to it, of which
 * only Gitea knows; as soon as the gateway can know, nothing more is told to them, whatever happens.
 */
export async function followRound(sett: Sett, choices: Choices, name: string): Promise<void> {
  await sett.subscriptionsRun(0);
  const [loser, ...others] = choices.some(guests, guests.length) as [Guest, ...Guest[]];
  giveIn(sett, loser, "dev", choices.pick(["read", "write", "admin"]));
  for (const other of others) giveIn(sett, other, "dev", choices.pick(["none", "read", "write", "admin"]));
  for (const guest of guests)
    giveIn(sett, guest, "functions", choices.pick(["none", "none", "read", "write"]));
  await rightsAreKnown(sett);
  const text = `subscription { projectChanged(producer: "demo") { commit
    project { ${mine} ${choices.pick(selections)} } } }`;
  const people: readonly PersonName[] = ["demo", ...guests];
  const mayFollow = (person: PersonName) =>
    reaches(levelIn(sett.sandbox, person, "customer-demo", "dev"), "read");
  const followers = choices.some(people, people.length).map((person): Follower => {
    const transport = choices.pick(["socket", "stream"] as const);
    return { person, transport, ...follow(sett, transport, person, { text }) };
  });
  const listening = followers.filter(({ person }) => mayFollow(person));
  try {
    await Promise.all(followers.filter(({ person }) => !mayFollow(person)).map(({ over }) => over));
    await sett.subscriptionsRun(listening.length);
    await change(sett, `${name}-before.md`, listening);
    check(sett, followers, text);
    giveIn(sett, loser, "dev", "none");
    giveIn(sett, loser, "functions", "none");
    const lost = followers.find(({ person }) => person === loser) as Follower;
    const before = lost.told.length;
    await vi.waitFor(() => {
      if (!codesOf(lost).some((code) => code === "NOT_FOUND" || code === "FORBIDDEN"))
        throw new Error(`${loser} goes on to follow over a ${lost.transport} what is none of theirs`);
    }, patience);
    await lost.over;
    await change(
      sett,
      `${name}-after.md`,
      listening.filter((each) => each !== lost),
    );
    if (lost.told.slice(before).some(({ data }) => data !== undefined && data !== null))
      throw new Error(`${loser} is told of what is none of theirs`);
  } finally {
    await Promise.all(followers.map(({ leave }) => leave()));
    giveIn(sett, "al", "dev", "write");
    giveIn(sett, "al", "functions", "write");
    giveIn(sett, "zu", "dev", "read");
    giveIn(sett, "zu", "functions", "none");
    giveIn(sett, "eve", "dev", "none");
    giveIn(sett, "eve", "functions", "none");
  }
}
