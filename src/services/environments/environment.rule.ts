import { BadUserInput, type Problem } from "../../errors.ts";
import type {
  EnvironmentMark,
  EnvironmentOfProject,
  PlatformNames,
} from "../../permissions/platform-names.ts";
import type { Repository } from "../gitea/repositories.service.ts";

interface Known {
  readonly names: PlatformNames;
  /** All repositories of the producer, and the environments that were made among them. */
  readonly all: readonly Repository[];
  readonly made: readonly EnvironmentOfProject[];
  readonly limit: number;
}

interface Wanted extends EnvironmentOfProject {
  readonly isFirst: boolean;
}

/** What is wrong with the name itself, whatever is there. */
function nameProblem(names: PlatformNames, { producer, env }: Wanted): string | undefined {
  if (names.isStatic(env)) return "every producer has this environment";
  if (!names.mayBeMade(env)) return "this is the repository of functions";
  if (!names.mayHaveMore(producer)) {
    return `environments of ${producer} could be mistaken for those of another producer, so it has no more`;
  }
  return undefined;
}

/** What is told where a name is taken. */
export const takenProblem: Problem = {
  field: "input.env",
  message: "there is a repository of that name, or of its functions' name, already",
};

/**
 * Whether a repository is somebody's own: what is empty and says nothing was left by a making that failed, and what says
 * that it is this environment is one whose mark does not hold any more, unless its owner asks for it. One whose name is
 * that of an environment but for its case would be found in its place, and is never what was meant.
 */
export function isForeign(
  names: PlatformNames,
  repository: Repository,
  { name, mark }: { readonly name: string; readonly mark: EnvironmentMark },
): boolean {
  if (repository.name !== name) return true;
  if (repository.isEmpty && repository.description === "") return false;
  const said = names.saidMark(repository.description);
  return said?.project !== mark.project || said.keeps !== mark.keeps;
}

function placeProblem({ names, all, made, limit }: Known, wanted: Wanted): Problem | undefined {
  const { producer, env, project, isFirst } = wanted;
  const known = made.find((each) => each.env === env);
  const problem = (message: string, field = "input.env") => ({ field, message });
  if (known && known.project !== project) return problem(`is an environment of the project ${known.project}`);
  if (isFirst && made.some((each) => each.project === project && each.env !== env)) {
    return problem("there is such a project already", "input.name");
  }
  const isTaken = ({ name }: { readonly name: string }, keeps: EnvironmentMark["keeps"]) =>
    all
      .filter((each) => each.name.toLowerCase() === name.toLowerCase())
      .some((each) => isForeign(names, each, { name, mark: { project, keeps } }));
  const taken =
    isTaken(names.projectRepository(producer, env), "project") ||
    isTaken(names.functionsRepository(producer, env), "functions");
  if (taken) return takenProblem;
  if (!known && made.length >= limit) {
    return problem(`a producer has at most ${limit} environments besides those that all have`);
  }
  return undefined;
}

/** Refuses an environment that cannot be made; one that is there already, as it is wanted, can be finished. */
export function refuseUnfit(known: Known, wanted: Wanted): void {
  const words = nameProblem(known.names, wanted);
  const problem = words === undefined ? placeProblem(known, wanted) : { field: "input.env", message: words };
  if (problem) throw new BadUserInput([problem]);
}
