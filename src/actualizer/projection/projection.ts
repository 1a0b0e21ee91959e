import { nameRules } from "../../names.ts";
import { functionName } from "../resources/resource.parts.ts";
import { noOptions, optionsPath } from "../../services/environment.options.ts";
import type { CustomResource } from "../resources/resources.ts";
import { projectGateways } from "./gateways.projection.ts";
import { firstProblems, mostOf } from "./project.bounds.ts";
import type { Projection, ProjectSource, Undecided } from "./project.source.ts";
import { savedProject } from "./saved.project.ts";
import { functionResourceName, wantedFunction, wantedWorkspace } from "./wanted.resources.ts";

const functionsUnknown: Undecided = { kind: "Function", because: "the functions are not known" };

const beyondMost = `there are more than ${mostOf.functions} functions`;

function projectFunctions(source: ProjectSource, enabled: boolean) {
  const { functions } = source;
  // While a project is disabled nothing of it runs, known or not.
  if (functions === undefined)
    return { resources: [], undecided: enabled ? [functionsUnknown] : [], problems: [] };
  const isName = (name: string) => functionName.safeParse(name).success;
  const known = new Map(functions.filter(({ name }) => isName(name)).map((each) => [each.name, each]));
  const [first, others] = [
    [...known.values()].slice(0, mostOf.functions),
    [...known.values()].slice(mostOf.functions),
  ];
  const unnamed = functions.filter(({ name }) => !isName(name));
  const problems = unnamed.map(
    ({ name }) => `No function can be called ${JSON.stringify(name.slice(0, 100))}.`,
  );
  const tooMany = `There are ${known.size} functions; the first ${mostOf.functions} can be deployed.`;
  return {
    resources: first.map((each) => wantedFunction(source, each, enabled)),
    // What runs of the others goes on; but nothing of a disabled project does.
    undecided: (enabled ? others : []).map(({ name }): Undecided => ({
      kind: "Function",
      name: functionResourceName(source, name),
      because: beyondMost,
    })),
    problems: [...(others.length > 0 ? [tooMany] : []), ...firstProblems(problems, "functions")],
  };
}

const functionsMissing = "The repository for functions is not there yet.";

/** What is known of a project that is not to run: whatever else is broken or gone, it is taken down. */
const lastOf = ({ options, functionsRepository, last }: ProjectSource) => ({
  options: options ?? {
    variables: last?.variables ?? noOptions.variables,
    autoGateway: last ? last.autoGateway === true : noOptions.autoGateway,
  },
  functionsRepository: functionsRepository ?? last?.functionsRepository,
});

/**
 * What a producer's environment means on the cluster: the resources that are wanted and those of which nothing can be
 * said; or why nothing is known at all. What is broken is never taken for what is gone.
 */
export function project(source: ProjectSource): Projection {
  const { producer, env, repository, leftOut } = source;
  if (!nameRules.ProducerName.accepts(producer) || !nameRules.EnvironmentName.accepts(env)) {
    return {
      outcome: "unreadable",
      problem: "The producer or the environment has a name that nobody can have.",
    };
  }
  if (leftOut !== undefined) return { outcome: "unreadable", problem: leftOut };
  if (!repository) return { outcome: "notYet", problem: `The repository for ${env} is not there yet.` };
  const saved = savedProject(source, source.document);
  const enabled = saved.outcome === "unreadable" || saved.document["disabled"] !== true;
  const { options, functionsRepository } = enabled ? source : lastOf(source);
  if (!functionsRepository) return { outcome: "notYet", problem: functionsMissing };
  if (!options) return { outcome: "unreadable", problem: `${optionsPath} is not as the platform writes it.` };
  if (saved.outcome === "unreadable") return saved;
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
    problems: [
      ...(source.functionsRepository ? [] : [functionsMissing]),
      ...gateways.problems,
      ...functions.problems,
    ],
  };
}

/** Whether a resource is one of those of which nothing can be said. */
export function isUndecided(undecided: readonly Undecided[], { kind, metadata }: CustomResource): boolean {
  return undecided.some((each) => each.kind === kind && (each.name ?? metadata.name) === metadata.name);
}
