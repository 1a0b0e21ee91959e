import type { Projection, ProjectSource, Undecided } from "../projection/project.source.ts";
import { project } from "../projection/projection.ts";
import { conditionOf, type SaidCondition } from "../resources/conditions.ts";
import type { ProducerResource } from "../resources/producer.resource.ts";
import type { ActualizerSettings } from "../settings.ts";
import type { EnvironmentFacts, LostEnvironment, ProducerFacts } from "../sources/platform.source.ts";
import type { Standing } from "./producer.states.ts";
import type { ProducersResource } from "./resource.census.ts";

type Environment = Pick<ProducerFacts, "producer"> & { readonly facts: EnvironmentFacts };

/** What is wanted of an environment, where that is known, and what is said of how it was read. */
export interface EnvironmentReading {
  readonly env: string;
  readonly outcome: "wanted" | "unreadable" | "notYet" | "unavailable" | "unmarked" | "missing" | "gone";
  readonly resources: readonly ProducersResource[];
  readonly undecided: readonly Undecided[];
  /** What is saved and cannot be had as it is, what is undecided, or why nothing is known. */
  readonly problems: readonly string[];
  /** What the workspace says of it. */
  readonly said: SaidCondition;
}

const reasons = {
  wanted: "Read",
  gone: "EnvironmentMissing",
  missing: "EnvironmentMissing",
  unmarked: "NotAnEnvironment",
  notYet: "RepositoriesMissing",
  unavailable: "Unavailable",
  unreadable: "Unreadable",
} as const satisfies Record<EnvironmentReading["outcome"], string>;

/** The worst comes first. */
const ranks = Object.keys(reasons).reverse();

const inWords = (problems: readonly string[]) => (problems.length > 0 ? problems.join(" ") : undefined);

function unknown(
  { env }: Pick<EnvironmentFacts, "env">,
  outcome: Exclude<EnvironmentReading["outcome"], "wanted">,
  problem?: string,
): EnvironmentReading {
  const problems = problem === undefined ? [] : [problem];
  const said = conditionOf("SourceRead", reasons[outcome], problem);
  return { env, outcome, resources: [], undecided: [], problems, said };
}

/** What is said of an environment that is not found: only one that is gone has anything taken away. */
export const lostEnvironment = ({ env, because }: LostEnvironment, isGone: boolean): EnvironmentReading =>
  because === undefined
    ? unknown({ env }, isGone ? "gone" : "missing")
    : unknown({ env }, "unmarked", because);

/** An environment that nothing can be made of; who runs the platform finds in its log why. */
export const unreadableEnvironment = (facts: EnvironmentFacts): EnvironmentReading =>
  unknown(facts, "unreadable", "Something of it cannot be made sense of.");

/** Who may see a workspace need not be allowed to see functions, so it does not tell of those. */
const isOfFunctions = (problem: string) => /\bfunctions?\b/i.test(problem);

const isDisabled = (projection: Projection) =>
  projection.outcome === "wanted" &&
  projection.resources.some((each) => each.kind === "Workspace" && !each.spec.enabled);

/** Functions that cannot be asked for are those that are known: none of a disabled project runs, and none is forgotten. */
function projectKnown(read: ProjectSource, known: readonly ProducersResource[]): Projection {
  const ofIt = known.filter(({ spec }) => spec.env === read.env);
  const source = { ...read, last: ofIt.find((each) => each.kind === "Workspace")?.spec };
  const projection = project(source);
  if (source.functions !== undefined || !isDisabled(projection)) return projection;
  const functions = ofIt
    .filter((each) => each.kind === "Function")
    .map(({ spec }) => ({ name: spec.name, revision: spec.source }));
  return project({ ...source, functions });
}

/** What one of a producer's environments means, given what the producer has. */
export function readEnvironment(
  { producer, facts }: Environment,
  owner: ProducerResource | undefined,
  known: readonly ProducersResource[],
  settings: ActualizerSettings,
): EnvironmentReading {
  if (facts.unavailable !== undefined) return unknown(facts, "unavailable", facts.unavailable);
  const projection = projectKnown({ ...facts, producer, owner, settings }, known);
  if (projection.outcome !== "wanted") return unknown(facts, projection.outcome, projection.problem);
  const { undecided } = projection;
  const resources = projection.resources.filter((each) => each.kind !== "Producer");
  const open = new Set(undecided.map(({ because }) => `Undecided: ${because}.`));
  const problems = [...projection.problems, ...open, ...(facts.gaps ?? [])];
  const said = conditionOf("SourceRead", "Read", inWords(problems.filter((each) => !isOfFunctions(each))));
  return { env: facts.env, outcome: "wanted", resources, undecided, problems, said };
}

/** What is said of a producer whose environments were read like this. */
export function producerSaid(readings: readonly EnvironmentReading[]): SaidCondition {
  const [worst = "wanted"] = ranks.filter((outcome) => readings.some((each) => each.outcome === outcome));
  const told = readings.filter(({ problems }) => problems.length > 0);
  const words = told.map(({ env, problems }) => `${env}: ${problems.join(" ")}`);
  return conditionOf("SourceRead", reasons[worst as EnvironmentReading["outcome"]], inWords(words));
}

/** How far a producer is whose environments were read like this. */
export function standingOf(readings: readonly EnvironmentReading[]): Standing {
  const isAny = (outcome: EnvironmentReading["outcome"]) => readings.some((each) => each.outcome === outcome);
  if (isAny("unreadable") || isAny("unmarked")) return "unreadable";
  if (isAny("unavailable")) return "unavailable";
  if (readings.some(({ undecided }) => undecided.length > 0)) return "undecided";
  return isAny("notYet") ? "notYet" : "projected";
}
