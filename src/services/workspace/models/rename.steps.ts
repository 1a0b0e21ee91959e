import { UpstreamUnavailable } from "../../../errors.ts";
import type { Json, JsonObject } from "../json.ts";
import { checkSize } from "../loopback.answer.ts";
import { isSame } from "../merge/canonical.ts";
import type { Entities } from "../merge/merge.ts";
import { definitionBody, partBody, writtenDefinition } from "./model.bodies.ts";
import { filesOf, isWritten, treeOf, withFileParts } from "./model.files.ts";
import { configSteps, definitionSteps, putting, type ModelStep, type Writing } from "./model.steps.ts";
import { groupIn, partsIn, type ModelsState, type ReadModel } from "./model.reader.ts";
import { listSteps, propertySteps } from "./part.steps.ts";
import { removalSteps } from "./removal.steps.ts";

/** Whom a model was and is now. */
interface Renaming {
  readonly from: ReadModel;
  readonly to: string;
}

function redirectedRelation(relation: JsonObject, from: string, to: string): JsonObject {
  const pointing = ["model", "through"].filter((field) => relation[field] === from);
  return { ...relation, ...Object.fromEntries(pointing.map((field) => [field, to])) };
}

/** A model with everything in it that pointed at a name pointing at another. */
export function redirected(entities: Entities, from: string, to: string): Entities {
  const moved = ([key, value]: readonly [string, Json]): readonly [string, Json] => {
    if (key.startsWith("relations/")) return [key, redirectedRelation(value as JsonObject, from, to)];
    return [key, key === "definition/base" && value === from ? to : value];
  };
  return new Map([...entities].map(moved));
}

/** The step that takes over what only files hold: the script, the validations and the access rules. */
function fileSteps(writing: Writing, { from, to }: Renaming, tree: JsonObject): readonly ModelStep[] {
  const { grant, projectApi, look } = writing;
  const { definition, script } = filesOf(from.configFile, tree);
  const hasRules = from.validations.length > 0 || from.acls.length > 0;
  if (!hasRules && !isWritten(script)) return [];
  checkSize(treeOf(from.configFile, { definition, script }), `the files of ${from.name}`);
  let isScriptThere = !isWritten(script);
  const unreadable = () => new UpstreamUnavailable("project-api", `the files of ${from.name} are not there`);
  return [
    {
      title: `Take the script, validations and access rules of ${from.name} over to ${to}`,
      apply: async () => {
        const { models } = await look();
        const configFile = models.get(to)?.configFile;
        const own = configFile && filesOf(configFile, await projectApi.files(grant)).definition;
        if (!configFile || own === undefined || definition === undefined) throw unreadable();
        const files = {
          definition: withFileParts(own, definition),
          script: isWritten(script) ? script : undefined,
        };
        await projectApi.writeFiles(grant, treeOf(configFile, files));
        const written = filesOf(configFile, await projectApi.files(grant)).script;
        isScriptThere = !isWritten(script) || written === script;
      },
      isDone: ({ models }) => {
        const model = models.get(to);
        const rules = (of: ReadModel) => [of.validations, of.acls];
        return isScriptThere && model !== undefined && isSame(rules(model), rules(from));
      },
      // They go with the model that they were given to.
      undo: async () => undefined,
    },
  ];
}

/** The step that points the relations of other models at the new name. */
function relationSteps(
  writing: Writing,
  { from, to }: Renaming,
  others: readonly ReadModel[],
): readonly ModelStep[] {
  const found = others.flatMap((model) =>
    [...partsIn(model.entities, "relations")].flatMap(([name, before]) => {
      const after = redirectedRelation(before, from.name, to);
      return isSame(before, after) ? [] : [{ model: model.name, name, before, after }];
    }),
  );
  if (found.length === 0) return [];
  const write = (which: "before" | "after") => {
    const bodies = found.map((each) => partBody(each.model, each.name, each[which]));
    return putting(writing, "ModelRelations", bodies, "the relations to a model");
  };
  const there = (state: ModelsState, model: string) =>
    partsIn(state.models.get(model)?.entities, "relations");
  return [
    {
      title: `Point the relations of other models at ${to}`,
      apply: write("after"),
      isDone: (state) =>
        found.every(({ model, name, after }) => isSame(there(state, model).get(name), after)),
      undo: write("before"),
    },
  ];
}

/** The step that lets models that build on the old name build on the new one. */
function baseSteps(
  writing: Writing,
  { from, to }: Renaming,
  others: readonly ReadModel[],
): readonly ModelStep[] {
  const found = others
    .filter(({ entities }) => entities.get("definition/base") === from.name)
    .map(({ name, entities }) => ({ name, before: entities, after: redirected(entities, from.name, to) }));
  if (found.length === 0) return [];
  const write = (which: "before" | "after") => {
    const bodies = found.map((each) => definitionBody(each.name, each[which]));
    return putting(writing, "ModelDefinitions", bodies, "the models that build on a model");
  };
  const definition = (state: ModelsState, name: string) =>
    Object.fromEntries(groupIn(state.models.get(name)?.entities, "definition"));
  return [
    {
      title: `Let other models build on ${to}`,
      apply: write("after"),
      isDone: (state) =>
        found.every(({ name, after }) => isSame(definition(state, name), writtenDefinition(after))),
      undo: write("before"),
    },
  ];
}

/** What a rename is made with. */
export interface RenameMeans extends Renaming {
  readonly wanted: Entities;
  readonly state: ModelsState;
  /** All files, as they were. */
  readonly tree: JsonObject;
}

/** The steps of a rename: the new model stands whole, and others point at it, before the old one goes. */
export function renameSteps(
  writing: Writing,
  { wanted, state, tree, ...renaming }: RenameMeans,
): readonly ModelStep[] {
  const { from, to } = renaming;
  const others = [...state.models.values()].filter(({ name }) => name !== from.name);
  const origin = { model: from.name, entities: from.entities };
  return [
    ...definitionSteps(writing, to, undefined, wanted),
    ...listSteps(writing, "methods", to, undefined, wanted, origin),
    ...propertySteps(writing, to, undefined, wanted),
    ...listSteps(writing, "relations", to, undefined, wanted),
    ...fileSteps(writing, renaming, tree),
    ...configSteps(writing, to, undefined, wanted),
    ...relationSteps(writing, renaming, others),
    ...baseSteps(writing, renaming, others),
    ...removalSteps(writing, from, state),
  ];
}
