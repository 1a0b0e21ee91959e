import { filesOf, treeOf, type ModelFiles } from "./model.files.ts";
import { unconfigureSteps, type ModelStep, type Writing } from "./model.steps.ts";
import { listOf, textOf } from "../document/document.reader.ts";
import { drawnIds } from "../document/document.rule.ts";
import type { JsonObject } from "../json.ts";
import type { Step } from "../steps.ts";
import type { ModelsState, ReadModel } from "./model.reader.ts";

/** What is looked at when a model is deleted: the canvas it may be connected on, too. */
export interface RemovalState extends ModelsState {
  readonly document: JsonObject;
}

type RemovalStep = Step<RemovalState>;

/**
 * The step that deletes a model by its files. Its own API would leave the deletion without a commit, and fail where
 * the script is gone; and only the files, put back, are the model as it was.
 */
function deletion({ grant, projectApi }: Writing, { name, configFile }: ReadModel): ModelStep {
  let before: ModelFiles | undefined;
  return {
    title: `Delete the model ${name}`,
    apply: async () => {
      const { definition, script } = filesOf(configFile, await projectApi.files(grant));
      before = { definition: definition ?? before?.definition, script: script ?? before?.script };
      // What is not there cannot be deleted: the workspace fails at that.
      const gone = {
        definition: definition === undefined ? undefined : null,
        script: script === undefined ? undefined : null,
      };
      if (definition !== undefined || script !== undefined) {
        await projectApi.writeFiles(grant, treeOf(configFile, gone));
      }
    },
    isDone: ({ models }) => !models.has(name),
    undo: async () => {
      if (before) await projectApi.writeFiles(grant, treeOf(configFile, before));
    },
  };
}

const idOf = ({ entities }: ReadModel) => textOf(entities.get("definition/lunchbadgerId"));

/** Whether something else has a model's id, so that its arrows still lead somewhere when the model is gone. */
function isElsewhere(id: string, model: ReadModel, { models, document }: RemovalState): boolean {
  const others = [...models.values()].filter(({ name }) => name !== model.name);
  return others.some((other) => idOf(other) === id) || drawnIds(document).has(id);
}

/** The step that takes away the connections of the canvas that only this model is an end of, if there are any. */
function disconnection(
  { grant, projectApi }: Writing,
  model: ReadModel,
  before: RemovalState,
): RemovalStep[] {
  const id = idOf(model);
  if (id === undefined || isElsewhere(id, model, before)) return [];
  const all = listOf(before.document, "connections");
  const left = all.filter(({ fromId, toId }) => fromId !== id && toId !== id);
  if (left.length === all.length) return [];
  return [
    {
      title: `Take away the connections of ${model.name}`,
      apply: () => projectApi.change(grant, { connections: left }),
      isDone: (state) => listOf(state.document, "connections").length === left.length,
      undo: () => projectApi.change(grant, { connections: all }),
    },
  ];
}

/**
 * The steps that take a model's configuration and files away. Its configuration goes first: a project does not start
 * with the configuration of a model that is not there, but does with a model that is not configured.
 */
export function deletionSteps(writing: Writing, model: ReadModel, state: ModelsState): readonly ModelStep[] {
  return [...unconfigureSteps(writing, model.name, state), deletion(writing, model)];
}

/** The steps that delete a model, with the connections that led to it or from it. */
export function removalSteps(
  writing: Writing,
  model: ReadModel,
  state: RemovalState,
): readonly RemovalStep[] {
  return [...deletionSteps(writing, model, state), ...disconnection(writing, model, state)];
}
