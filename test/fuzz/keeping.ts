import { createHash } from "node:crypto";
import type { Repository } from "../../src/sandbox/gitea/repository.store.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { everybody, type PersonName } from "../support/sett.ts";
import { levelIn, reaches } from "./right.table.ts";

/** What the platform keeps of a producer, by what gives the right to change it. */
interface Kept {
  readonly producer: string;
  readonly what: "project" | "functions" | "keys";
  readonly print: string;
  /** Who can change it as things stand. */
  readonly may: ReadonlySet<PersonName>;
}

export type Keeping = readonly Kept[];

const printOf = (value: unknown) => createHash("sha1").update(JSON.stringify(value)).digest("hex");

/** What is there to look into; undefined where nothing runs. */
function there<Thing>(find: () => Thing): Thing | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}

/** All that is in a repository, and who was let in. */
function inRepository(repository: Repository | undefined): unknown {
  if (!repository) return undefined;
  const { git, collaborators, description } = repository;
  const branches = [...git.branches.values()].map(({ name, head }) => [name, [...head.files]]);
  return { description, branches, collaborators: [...collaborators] };
}

/** What gateways share, but for what they write down of themselves as they are asked. */
function atGateways({ gateways }: Sandbox, producer: string): unknown {
  const gateway = there(() => gateways.of("gateway", producer, "dev"));
  if (!gateway) return undefined;
  const { consumers, scopes, credentials } = gateway;
  const all = [...consumers.all("users"), ...consumers.all("apps")];
  return [all, scopes.all(), all.map(({ id }) => credentials.of(id))];
}

/** What is kept of producers, so that a look after some time tells what was changed. */
export function keepingOf(sandbox: Sandbox): Keeping {
  const { platform } = sandbox.gitea;
  return ["demo", "eve"].flatMap((producer) => {
    const account = `customer-${producer}`;
    const pod = there(() => sandbox.workspaces.pod(producer, "dev"));
    // What is saved is pushed in its own time.
    pod?.push();
    const whoWrite = (name: string) =>
      new Set(everybody.filter((person) => reaches(levelIn(sandbox, person, account, name), "write")));
    const kept = (what: Kept["what"], may: ReadonlySet<PersonName>, value: unknown): Kept => ({
      ...{ producer, what, may },
      print: printOf(value),
    });
    const project = inRepository(platform.findRepository(account, "dev"));
    const owners = new Set<PersonName>(["admin", producer as PersonName]);
    return [
      kept("project", whoWrite("dev"), [project, pod?.state.files(), atGateways(sandbox, producer)]),
      kept("functions", whoWrite("functions"), inRepository(platform.findRepository(account, "functions"))),
      kept(
        "keys",
        owners,
        platform.keysOf(account).map(({ title }) => title),
      ),
    ];
  });
}

/** What was changed although none of those who asked for changes could change it, neither then nor now. */
export function strangeChanges(
  before: Keeping,
  after: Keeping,
  doers: ReadonlySet<PersonName>,
): readonly string[] {
  return after.flatMap(({ producer, what, print, may }, index) => {
    const could = [...may, ...(before[index]?.may ?? [])];
    if (before[index]?.print === print || could.some((person) => doers.has(person))) return [];
    return [`the ${what} of ${producer} changed, and none of ${[...doers].join(", ")} may do that`];
  });
}
