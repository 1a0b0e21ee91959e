import { filesOf, treeOf, type ModelFiles } from "./model.files.ts";
import { unconfigureSteps, type ModelStep, type Writing } from "./model.steps.ts";
import type { ModelsState, ReadModel } from "./model.reader.ts";

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

/**
 * The steps that delete a model. Its configuration goes first: a project does not start with the configuration of a
 * model that is not there, but does with a model that is not configured.
 */
export function removalSteps(writing: Writing, model: ReadModel, state: ModelsState): readonly ModelStep[] {
  return [...unconfigureSteps(writing, model.name, state), deletion(writing, model)];
}
