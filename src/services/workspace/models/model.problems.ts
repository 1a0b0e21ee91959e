import type { Problem } from "../../../errors.ts";
import type { Json } from "../json.ts";
import { isSame } from "../merge/canonical.ts";
import type { ModelChange } from "./model.change.ts";
import { loopbackModels, sharesFile } from "./model.names.ts";
import type { ModelsState, ReadModel } from "./model.reader.ts";
import { partChecks, problem, type Check, type Surroundings } from "./part.problems.ts";

/** What is there already is no change, however odd it is. */
const isKept = (now: ReadModel | undefined, entity: string, wanted: Json | undefined) =>
  now !== undefined && wanted !== undefined && isSame(now.entities.get(entity), wanted);

const nameProblems: Check = (change, { state, now }) => {
  const { name } = change;
  if (now?.name === name) return [];
  if (state.models.has(name)) return [problem("name", `there is already a model ${name}`)];
  if (loopbackModels.includes(name)) return [problem("name", `${name} is one of LoopBack's own models`)];
  const other = sharesFile(name, state.models.values());
  return other ? [problem("name", `a model of this name may share a file with ${other.name}`)] : [];
};

/** The models that a model builds on, nearest first, as far as they are the project's own. */
function basesOf(base: string, state: ModelsState, seen: readonly string[] = []): readonly string[] {
  if (seen.includes(base)) return seen;
  const next = state.models.get(base)?.entities.get("definition/base");
  return typeof next === "string" ? basesOf(next, state, [...seen, base]) : [...seen, base];
}

const baseProblems: Check = ({ base, name }, { state, now }) => {
  if (base === null || base === undefined || isKept(now, "definition/base", base)) return [];
  const itself = [name, now?.name];
  if (itself.includes(base)) return [problem("base", "a model cannot build on itself")];
  if (!state.models.has(base) && !loopbackModels.includes(base)) {
    return [problem("base", `there is no model ${base} to build on`)];
  }
  const circle = basesOf(base, state).some((each) => itself.includes(each));
  return circle ? [problem("base", `${base} itself builds on this model`)] : [];
};

const dataSourceProblems: Check = ({ config }, { dataSources, now }) => {
  const wanted = config?.dataSource;
  if (isKept(now, "config/dataSource", wanted)) return [];
  if (wanted === null || wanted === undefined || dataSources?.has(wanted)) return [];
  return [problem("config.dataSource", `there is no data source ${wanted}`)];
};

/** The canvas knows a model by its id: with another one, or with another model's, its arrows would lead elsewhere. */
const idProblems: Check = (_change, { state, now, wanted }) => {
  const entity = "definition/lunchbadgerId";
  const [before, id] = [now?.entities.get(entity), wanted.get(entity)];
  if (isSame(before, id)) return [];
  if (typeof before === "string" && before !== "") {
    return [problem("lunchbadgerId", `cannot be changed: the canvas knows the model as ${before}`)];
  }
  const other = [...state.models.values()].find(
    ({ name, entities }) => name !== now?.name && isSame(entities.get(entity), id),
  );
  return other ? [problem("lunchbadgerId", `is the id of ${other.name}`)] : [];
};

const checks: readonly Check[] = [nameProblems, idProblems, baseProblems, dataSourceProblems, ...partChecks];

/** Everything that stands against a change, each thing at its place in the input. */
export function problemsOf(change: ModelChange, around: Surroundings): readonly Problem[] {
  return checks.flatMap((check) => check(change, around));
}
