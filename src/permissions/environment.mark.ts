import { createHmac, timingSafeEqual } from "node:crypto";

/** What the description of a repository says that belongs to an environment somebody has made. */
export interface EnvironmentMark {
  readonly project: string;
  readonly keeps: "project" | "functions";
}

/** What makes a repository the one that it is: a mark holds for this one and for no other. */
export interface IdentifiedRepository {
  readonly id: number;
  readonly owner: { readonly login: string };
  readonly name: string;
}

/** A repository with what it says of itself. */
export interface DescribedRepository extends IdentifiedRepository {
  readonly description: string;
}

/** Marks repositories so that nobody else can: who may describe a repository need not be who may make environments. */
export interface EnvironmentMarks {
  /** The mark that a repository's description begins with, if that was written for it by whoever has one of the keys. */
  readonly of: (repository: DescribedRepository) => EnvironmentMark | undefined;
  /** A repository's description with the mark before it, signed by the first key, in place of any other mark. */
  readonly describe: (repository: DescribedRepository, mark: EnvironmentMark) => string;
}

/** The project that is meant where none is named. */
const unnamed = "main";

const pattern =
  /^LunchBadger environment(?: of project (?<project>[a-z][a-z0-9]{0,19})(?![\w-]))?(?<functions> \(functions\))?(?![\w-])(?: \[(?<code>[\w-]{16,64})\])?/;

/** 144 bits: as many as anybody needs, and short enough to be read past. */
const codeLength = 24;

/** What a description begins with, whoever wrote that: no proof of anything. */
export function saidMark(description: string): EnvironmentMark | undefined {
  const groups = pattern.exec(description)?.groups;
  if (!groups) return undefined;
  return { project: groups["project"] ?? unnamed, keeps: groups["functions"] ? "functions" : "project" };
}

function codeOf(key: string, { id, owner, name }: IdentifiedRepository, mark: EnvironmentMark): string {
  const said = [id, owner.login.toLowerCase(), name.toLowerCase(), mark.keeps, mark.project];
  return createHmac("sha256", key).update(JSON.stringify(said)).digest("base64url").slice(0, codeLength);
}

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** The key that follows from the platform's own token, where no other is given. */
export const keyOfToken = (token: string): string =>
  createHmac("sha256", token).update("marks of environments").digest("base64url");

export function createEnvironmentMarks([first, ...others]: readonly [string, ...string[]]): EnvironmentMarks {
  const keys = [first, ...others];
  return {
    of: (repository) => {
      const code = pattern.exec(repository.description)?.groups?.["code"];
      const mark = saidMark(repository.description);
      if (!mark || code === undefined) return undefined;
      return keys.some((key) => isSame(code, codeOf(key, repository, mark))) ? mark : undefined;
    },
    describe: (repository, mark) => {
      const project = mark.project === unnamed ? "" : ` of project ${mark.project}`;
      const functions = mark.keeps === "functions" ? " (functions)" : "";
      const rest = repository.description.replace(pattern, "");
      return `LunchBadger environment${project}${functions} [${codeOf(first, repository, mark)}]${rest}`;
    },
  };
}
