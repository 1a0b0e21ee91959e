import type { PersonName, Sett } from "../support/sett.ts";

/** What somebody gets: the field's answer, or the code of the error that stands in its place. */
export type Outcome = "yes" | "FORBIDDEN" | "NOT_FOUND" | "UNAUTHENTICATED";

/** One field of the graph, and who gets what from it when it is about what demo owns. */
export interface Row {
  /** The field, as type and name. */
  readonly field: string;
  /** What the row is called where the field has several. */
  readonly title?: string;
  readonly query: string;
  readonly outcomes: Record<PersonName, Outcome>;
  /** Makes what the row is about, where it is not there from the start; what it is called is among the variables. */
  readonly prepare?: (sett: Sett) => Promise<Readonly<Record<string, string>>>;
  /** Calls for what the field stands in, which some may read who are refused the field itself. */
  readonly around?: readonly string[];
  /** What the row's own variables are when they are about things that do not exist. */
  readonly absent?: Readonly<Record<string, string>>;
  /** What the answers of some tell besides, where two that both get one, or none, are not told the same. */
  readonly says?: Partial<Record<PersonName, RegExp>>;
  /** What those of others must not tell. */
  readonly hides?: Partial<Record<PersonName, RegExp>>;
}

/** What the rows' variables are when they are about demo's things, and about things that do not exist. */
export const hidden = {
  producer: "demo",
  login: "customer-demo",
  repository: "dev",
  projectId: globalId("Project:demo:dev"),
  producerId: globalId("Producer:demo"),
  repoId: globalId("Repo:customer-demo:dev"),
};
export const absent = {
  producer: "nosuch",
  login: "customer-nosuch",
  repository: "dev",
  projectId: globalId("Project:nosuch:dev"),
  producerId: globalId("Producer:nosuch"),
  repoId: globalId("Repo:customer-nosuch:dev"),
};

function globalId(text: string): string {
  return Buffer.from(text, "utf8").toString("base64url");
}

export const signedIn = outcomes("yes", "yes", "yes", "yes");
export const readers = outcomes("yes", "yes", "yes", "NOT_FOUND");
export const writers = outcomes("yes", "yes", "FORBIDDEN", "NOT_FOUND");
export const owners = outcomes("yes", "FORBIDDEN", "FORBIDDEN", "NOT_FOUND");
export const functionsReaders = outcomes("yes", "yes", "NOT_FOUND", "NOT_FOUND");
export const functionsWriters = outcomes("yes", "yes", "NOT_FOUND", "NOT_FOUND");
export const functionsOwners = outcomes("yes", "FORBIDDEN", "NOT_FOUND", "NOT_FOUND");
export const oneself = outcomes("yes", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN");
export const adminsOnly = outcomes("FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN");

/** A site admin may do everything, nobody nothing. */
function outcomes(demo: Outcome, al: Outcome, zu: Outcome, eve: Outcome): Record<PersonName, Outcome> {
  return { demo, al, zu, eve, admin: "yes", nobody: "UNAUTHENTICATED" };
}

export const producer = (selection: string) =>
  `query ($producer: ProducerName!) { producer(name: $producer) { ${selection} } }`;
export const project = (selection: string) =>
  `query ($producer: ProducerName!) { project(producer: $producer) { ${selection} } }`;
export const repo = (selection: string) =>
  `query ($login: Login!, $repository: RepositoryName!) { repo(owner: $login, name: $repository) { ${selection} } }`;
export const onRepo = (field: string, rest: string, selection: string) =>
  `mutation ($login: Login!, $repository: RepositoryName!) {
    ${field}(input: { repo: { owner: $login, name: $repository }, ${rest} }) { ${selection} }
  }`;
export const onProject = (field: string, rest: string, selection = "project { id }") =>
  `mutation ($producer: ProducerName!) {
    ${field}(input: { project: { producer: $producer } ${rest} }) { ${selection} }
  }`;
export const onProducer = (field: string, rest: string, selection: string) =>
  `mutation ($producer: ProducerName!) { ${field}(input: { producer: $producer, ${rest} }) { ${selection} } }`;
