import { nameRules } from "../../names.ts";
import { functionName } from "../resources/resource.parts.ts";
import { optionsPath } from "../../services/environment.options.ts";
import type { CustomResource } from "../resources/resources.ts";
import { projectGateways } from "./gateways.projection.ts";
import type { Projection, ProjectSource, Undecided } from "./project.source.ts";
import { savedProject, unreadableWords } from "./saved.project.ts";
import { wantedFunction, wantedWorkspace } from "./wanted.resources.ts";

const functionsUnknown: Undecided = { kind: "Function", because: "the functions are not known" };

function projectFunctions(source: ProjectSource, enabled: boolean) {
  const { functions } = source;
  // While a project is disabled nothing of it runs, known or not.
  if (functions === undefined)
    return { resources: [], undecided: enabled ? [functionsUnknown] : [], problems: [] };
  const isName = (name: string) => functionName.safeParse(name).success;
  const named = functions.filter(({ name }) => isName(name));
  const others = functions.filter(({ name }) => !isName(name));
  const known = new Map(named.map((each) => [each.name, each]));
  return {
    resources: [...known.values()].map((each) => wantedFunction(source, each, enabled)),
    undecided: [],
    problems: others.map(({ name }) => `No function can be called ${JSON.stringify(name.slice(0, 100))}.`),
  };
}

/**
 * What a producer's environment means on the cluster: the resources that are wanted and those of which nothing can be
 * said; or why nothing is known at all. What is broken is never taken for what is gone.
 */
export function project(source: ProjectSource): Projection {
  const { producer, env, repository, functionsRepository } = source;
  if (!nameRules.ProducerName.accepts(producer) || !nameRules.EnvironmentName.accepts(env)) {
    return {
      outcome: "unreadable",
      problem: "The producer or the environment has a name that nobody can have.",
    };
  }
  if (!repository || !functionsRepository) {
    const missing = repository ? "functions" : env;
    return { outcome: "notYet", problem: `The repository for ${missing} is not there yet.` };
  }
  const { options } = source;
  if (!options) return { outcome: "unreadable", problem: `${optionsPath} is not as the platform writes it.` };
  const saved = savedProject(source, source.document);
  if (saved.outcome === "unreadable") return { outcome: "unreadable", problem: unreadableWords };
  const enabled = saved.document["disabled"] !== true;
  const workspace = wantedWorkspace({ ...source, options }, repository, functionsRepository, enabled);
  const functions = projectFunctions(source, enabled);
  const gateways = enabled
    ? projectGateways({ ...source, options }, saved.document)
    : { resources: [], undecided: [], problems: [] };
  const resources: readonly CustomResource[] = [workspace, ...gateways.resources, ...functions.resources];
  return {
    outcome: "wanted",
    resources,
    undecided: [...gateways.undecided, ...functions.undecided],
    problems: [...gateways.problems, ...functions.problems],
  };
}

/** Whether a resource is one of those of which nothing can be said. */
export function isUndecided(undecided: readonly Undecided[], { kind, metadata }: CustomResource): boolean {
  return undecided.some((each) => each.kind === kind && (each.name ?? metadata.name) === metadata.name);
}
