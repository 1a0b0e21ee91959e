import { SettError } from "../errors.ts";
import { isOfFunctions } from "../live/pod.kind.ts";
import { nounOf, type Permission } from "./catalogue.ts";
import type { PlatformNames } from "./platform-names.ts";
import { readSubject, subjectKey, type PodName, type ProjectName, type RepositoryName } from "./subject.ts";

/** A permission, and the value that says what it is about. */
export interface Question {
  readonly permission: Permission;
  readonly value: unknown;
}

/** One string for a question of one credential's: who has the same is answered the same. */
export function questionKey(callerKey: string, { permission, value }: Question): string {
  return `${callerKey} ${permission} ${subjectKey(readSubject[nounOf(permission)](value))}`;
}

const refusals = new Set(["FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED"]);
/** Whether an error says that somebody may not, rather than that nobody could be asked. */
export const isRefusal = (error: unknown) => error instanceof SettError && refusals.has(error.code);

/** The repository whose rights decide what somebody may do with a thing. */
export const decidingRepository = {
  project: (names: PlatformNames, { producer, env }: ProjectName) => names.projectRepository(producer, env),
  functions: (names: PlatformNames, { producer, env }: ProjectName) =>
    names.functionsRepository(producer, env),
  pod: (names: PlatformNames, { producer, env, kind }: PodName) =>
    isOfFunctions(kind) ? names.functionsRepository(producer, env) : names.projectRepository(producer, env),
};

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Whether the answer to a question may be another since somebody's rights to a repository were changed. */
export function isConcerned(
  { permission, value }: Question,
  { owner, name }: RepositoryName,
  names: PlatformNames,
): boolean {
  const noun = nounOf(permission);
  if (noun === "viewer" || noun === "platform") return false;
  const subject = readSubject[noun](value);
  if (noun === "producer") return same(names.loginOf(subject as string), owner);
  const deciding =
    noun === "repo" ? (subject as RepositoryName) : decidingRepository[noun](names, subject as PodName);
  return same(deciding.owner, owner) && same(deciding.name, name);
}
