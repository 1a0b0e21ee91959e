import { vi } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { PersonName, Sett } from "../support/sett.ts";

/** What a canary is planted in: whoever may read that may be told of it, and nobody else. */
type Kind = "project" | "functions" | "keys";

/** A word that stands nowhere but in what one producer has of one kind. */
export interface Canary {
  readonly kind: Kind;
  readonly producer: "demo" | "eve";
  readonly word: string;
}

export const canaries: readonly Canary[] = (["demo", "eve"] as const).flatMap((producer) =>
  (["project", "functions", "keys"] as const).map((kind) => ({
    kind,
    producer,
    word: `canary${kind}of${producer}`,
  })),
);

const wordOf = (kind: Kind, producer: string) => `canary${kind}of${producer}`;

const planting = `mutation ($project: ProjectRef!, $repo: RepoRef!, $producer: ProducerName!,
    $word: String!, $name: EntityName!, $dataSource: DataSourceName!, $path: FilePath!,
    $function: FunctionName!, $functionText: String!, $title: KeyTitle!, $key: SshPublicKey!, $id: EntityId!) {
  saveServiceEndpoint(input: { project: $project, serviceEndpoint: { id: $id, name: $name, urls: ["https://example.org"] } }) { outcome }
  saveModel(input: { project: $project, name: "Planted", description: $word }) { outcome }
  saveDataSource(input: { project: $project, name: $dataSource, connector: "memory" }) { project { id } }
  saveFiles(input: { project: $project, files: [{ path: $path, text: $word }] }) { deleted }
  saveRepoFile(input: { repo: $repo, path: "planted.md", content: $word, message: "plant" }) { commitSha }
  createFunction(input: { project: $project, name: $function, runtime: "nodejs:8", deploy: true,
    files: [{ path: "note.txt", text: $functionText }] }) { function { name } }
  addSshKey(input: { producer: $producer, title: $title, publicKey: $key }) { sshKey { id } }
}`;

const keys = {
  demo: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKfuzzfuzzfuzzfuzzfuzzfuzzfuzzfuzzfuzzfuzzdM",
  eve: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKfuzzfuzzfuzzfuzzfuzzfuzzfuzzfuzzfuzzfuzzeE",
};

/** All that has words of its own in it, of one producer. */
const everything = (producer: string) => `{
  project(producer: "${producer}") {
    document serviceEndpoints { name } models { description } dataSources { name }
    files(path: "${wordOf("project", producer)}.txt") { path text }
    functions { name files { text } } pods { name } status { functions { name } }
  }
  repo(owner: "customer-${producer}", name: "dev") { file(path: "planted.md") { text } }
  producer(name: "${producer}") { sshKeys { title } }
}`;

/** Which words somebody is told who asks for all of them. */
export async function reallyTold(sett: Sett, person: PersonName): Promise<readonly string[]> {
  const asked = ["demo", "eve"].map((producer) => sett.as(person).askText(everything(producer)));
  const answers = await Promise.all(asked);
  return canaries.map(({ word }) => word).filter((word) => answers.some(({ text }) => text.includes(word)));
}

async function plantAs(sett: Sett, producer: "demo" | "eve"): Promise<void> {
  const word = wordOf("project", producer);
  const { errors } = await sett.as(producer).askText(planting, {
    project: { producer },
    repo: { owner: `customer-${producer}`, name: "dev" },
    producer,
    word,
    name: word,
    dataSource: word,
    id: `${word}-id`,
    path: `${word}.txt`,
    function: wordOf("functions", producer),
    functionText: wordOf("functions", producer),
    title: wordOf("keys", producer),
    key: keys[producer],
  });
  const wanted = canaries.filter((each) => each.producer === producer).map(({ word }) => word);
  const isThere = await reallyTold(sett, producer);
  if (wanted.some((each) => !isThere.includes(each))) throw new Error(JSON.stringify({ isThere, errors }));
}

/** Has both producers write their words into all that they have; again where a busy machine was too slow for it. */
export async function plant(sett: Sett): Promise<void> {
  for (const producer of ["demo", "eve"] as const) {
    await vi.waitFor(() => plantAs(sett, producer), { timeout: 25_000, interval: 100 });
  }
}

/** Where what is planted may be, by its kind: promotion carries it on to an environment that was made. */
const repositories: Readonly<Record<Kind, readonly string[]>> = {
  project: ["dev", "stage", "nosuch", "main"],
  functions: ["functions", "functions-stage", "functions-nosuch", "functions-main"],
  keys: [],
};

/** Who may be told of each canary as things stand at Gitea, by its own rule and not by the gateway's. */
export function told({ gitea: { platform } }: Sandbox): ReadonlyMap<PersonName, ReadonlySet<string>> {
  const mayRead = (login: string, owner: string, name: string) => {
    const repository = platform.findRepository(owner, name);
    if (!repository) return false;
    const isLetIn = repository.collaborators.has(platform.user(login).id);
    return isLetIn || repository.owner.login === login || !repository.private;
  };
  const mayBeTold = (person: PersonName, { kind, producer }: Canary) => {
    if (person === "nobody") return false;
    if (person === "admin" || person === producer) return true;
    return repositories[kind].some((name) => mayRead(`customer-${person}`, `customer-${producer}`, name));
  };
  return new Map(
    (["demo", "al", "zu", "eve", "admin", "nobody"] as const).map((person) => [
      person,
      new Set(canaries.filter((each) => mayBeTold(person, each)).map(({ word }) => word)),
    ]),
  );
}
