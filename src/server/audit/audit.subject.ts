import { nameRules } from "../../names.ts";
import { levelOf, levels, nounOf } from "../../permissions/catalogue.ts";
import { decidingRepository, type Question } from "../../permissions/permission.question.ts";
import type { PlatformNames } from "../../permissions/platform-names.ts";
import {
  readSubject,
  type PodName,
  type ProjectName,
  type RepositoryName,
} from "../../permissions/subject.ts";
import type { AuditEntry } from "../../services/audit/audit.entry.ts";

/** What something was about, as an entry says it. */
export type ToldSubject = Pick<AuditEntry, "producer" | "env" | "repository" | "named">;

/** What something was about. */
export interface AuditSubject {
  readonly told: ToldSubject;
  /** The repository that it is kept with: undefined where there is none of a producer's. */
  readonly repository: RepositoryName | undefined;
}

const nothing: AuditSubject = { told: {}, repository: undefined };

const { ProducerName, EnvironmentName, Login, RepositoryName: RepositoryRule } = nameRules;

/** How near a question is to what is changed: of several the nearest is told of, and of as near ones the first. */
const nearness = ({ permission }: Question): number => {
  const isOfRepository = !["viewer", "platform", "producer"].includes(nounOf(permission));
  return isOfRepository
    ? 1 + levels.indexOf(levelOf(permission))
    : nounOf(permission) === "producer"
      ? 0
      : -1;
};

/** Of all that is asked for a change the question that is about what it changes. */
export const mainQuestion = (questions: readonly Question[]): Question | undefined =>
  questions.toSorted((one, other) => nearness(other) - nearness(one))[0];

function ofProject(
  noun: "project" | "functions" | "pod",
  subject: PodName | ProjectName,
  names: PlatformNames,
) {
  const { producer, env } = subject;
  if (!ProducerName.accepts(producer) || !EnvironmentName.accepts(env)) return nothing;
  const repository = decidingRepository[noun](names, subject as PodName);
  const named = "pod" in subject ? { pod: subject.pod } : undefined;
  return { told: { producer, env, ...(named ? { named } : {}) }, repository };
}

function ofRepository({ owner, name }: RepositoryName, names: PlatformNames): AuditSubject {
  if (!Login.accepts(owner) || !RepositoryRule.accepts(name)) return nothing;
  const producer = names.producerOf(owner);
  return {
    told: { repository: `${owner}/${name}`, ...(producer === undefined ? {} : { producer }) },
    repository: producer === undefined ? undefined : { owner, name },
  };
}

/** What a question is about; nothing where that is no name at all. */
export function subjectOf({ permission, value }: Question, names: PlatformNames): AuditSubject {
  try {
    const noun = nounOf(permission);
    if (noun === "viewer" || noun === "platform") return nothing;
    const subject = readSubject[noun](value);
    if (noun === "producer") {
      const producer = subject as string;
      return ProducerName.accepts(producer) ? { told: { producer }, repository: undefined } : nothing;
    }
    if (noun === "repo") return ofRepository(subject as RepositoryName, names);
    return ofProject(noun, subject as PodName, names);
  } catch {
    // What was sent names nothing.
    return nothing;
  }
}
