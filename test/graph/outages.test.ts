import { expect, test } from "vitest";
import {
  ListBranchesDocument,
  ListCollaboratorsDocument,
  ListCommitsDocument,
  ListKeysDocument,
  ListProducersDocument,
  LoadSharedProjectsDocument,
  ReadFileDocument,
  ReadProducerDocument,
  ReadProjectDocument,
  SearchUsersDocument,
} from "../generated/operations.ts";
import { startSett, type Answer, type Person, type PersonName, type Sett } from "../support/sett.ts";

const repo = { owner: "customer-demo", name: "dev" };

type Ask = (person: Person) => Promise<Answer<unknown>>;

/** Every query besides `viewer`: who asks, how, and what is still answered while what it needs is down. */
const queries: readonly [name: string, as: PersonName, ask: Ask, still: object][] = [
  ["repo.branches", "demo", (by) => by.ask(ListBranchesDocument, repo), { name: "dev", branches: null }],
  ["repo.commits", "demo", (by) => by.ask(ListCommitsDocument, repo), { name: "dev", commits: null }],
  [
    "repo.collaborators",
    "demo",
    (by) => by.ask(ListCollaboratorsDocument, repo),
    { name: "dev", collaborators: null },
  ],
  [
    "repo.file",
    "demo",
    (by) => by.ask(ReadFileDocument, { ...repo, path: "README.md" }),
    { name: "dev", file: null },
  ],
  [
    "producer.sshKeys",
    "demo",
    (by) => by.ask(ListKeysDocument, { producer: "demo" }),
    { name: "demo", sshKeys: null },
  ],
];

const roots: readonly [field: string, as: PersonName, ask: Ask][] = [
  ["repo", "al", (by) => by.ask(ListBranchesDocument, repo)],
  ["project", "al", (by) => by.ask(ReadProjectDocument, { producer: "demo" })],
  ["producer", "al", (by) => by.ask(ReadProducerDocument, { name: "demo" })],
  ["producers", "al", (by) => by.ask(ListProducersDocument, {})],
  ["producers", "admin", (by) => by.ask(ListProducersDocument, {})],
  ["users", "al", (by) => by.ask(SearchUsersDocument, { search: "a" })],
  ["loadSharedProjects", "al", (by) => by.ask(LoadSharedProjectsDocument, { username: "al" })],
  ["loadSharedProjects", "admin", (by) => by.ask(LoadSharedProjectsDocument, { username: "al" })],
];

/** A gateway that knows who is asking, and of a Gitea that is down nothing else but what was asked before. */
async function startKnowing(name: PersonName, before?: (person: Person) => Promise<unknown>): Promise<Sett> {
  const sett = await startSett();
  await sett.as(name).askText("{ viewer { login } }");
  await before?.(sett.as(name));
  await sett.sandbox.gitea.stop();
  return sett;
}

test.each(queries)(
  "%s: while Gitea is down it is null and said to be unavailable, and what is known is answered",
  async (_name, as, ask, still) => {
    const known = `{ repo(owner: "customer-demo", name: "dev") { name } }`;
    const sett = await startKnowing(as, (person) => person.askText(known));
    const { data, errors, codes } = await ask(sett.as(as));
    expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect(errors[0]?.extensions["upstream"]).toBe("gitea");
    expect(Object.values(data as object)).toContainEqual(still);
    expect(data).toMatchObject({ viewer: { login: `customer-${as}` } });
  },
);

test.each(roots)(
  "%s, asked for by %s: while Gitea is down it is null and said to be unavailable, and viewer is answered",
  async (field, as, ask) => {
    const sett = await startKnowing(as);
    const { data, errors, codes } = await ask(sett.as(as));
    expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect(errors[0]).toMatchObject({ path: [field], extensions: { upstream: "gitea" } });
    expect(data).toMatchObject({ [field]: null, viewer: { login: expect.any(String) as string } });
  },
);

test.each(roots)("%s, asked for by %s: answered again as soon as Gitea is back", async (field, as, ask) => {
  const sett = await startKnowing(as);
  await ask(sett.as(as));
  await sett.sandbox.gitea.resume();
  const { data, errors } = await ask(sett.as(as));
  expect(errors).toEqual([]);
  expect(data).toHaveProperty(field, expect.anything());
});

test("viewer itself is an outage while Gitea is down, not somebody who is not signed in", async () => {
  const sett = await startSett();
  await sett.sandbox.gitea.stop();
  const { codes, data } = await sett.as("demo").ask(ListProducersDocument, {});
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE"]);
  expect(data).toEqual({ viewer: null, producers: null });
});

test("an answer of another shape than Gitea's is an outage, not a guess", async () => {
  const sett = await startSett();
  const body = '{"message":"hello"}';
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 200, body }, { path: /repos\/customer-demo/ });
  const { codes, data } = await sett.as("demo").ask(ListBranchesDocument, repo);
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(data).toEqual({ viewer: { login: "customer-demo" }, repo: null });
});
