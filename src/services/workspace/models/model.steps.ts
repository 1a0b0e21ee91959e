import type { ProjectGrant } from "../../../permissions/grant.ts";
import type { JsonObject } from "../json.ts";
import { checkSize } from "../loopback.answer.ts";
import { isSame } from "../merge/canonical.ts";
import type { Entities } from "../merge/merge.ts";
import type { ProjectApi } from "../project-api.client.ts";
import type { Step } from "../steps.ts";
import type { Collection, WorkspaceApi } from "../workspace-api.client.ts";
import { configBody, definitionBody, writtenDefinition } from "./model.bodies.ts";
import { modelId } from "./model.names.ts";
import { groupIn, isSameGroup, type ModelsState } from "./model.reader.ts";

export type ModelStep = Step<ModelsState>;

/** What steps are done with. */
export interface Writing {
  readonly grant: ProjectGrant<"write">;
  readonly workspaceApi: WorkspaceApi;
  readonly projectApi: ProjectApi;
  readonly look: () => Promise<ModelsState>;
}

/** A call that stores things, refused at once when it is too large to be made. */
export function putting(
  { grant, workspaceApi }: Writing,
  collection: Collection,
  items: readonly JsonObject[],
  what: string,
): () => Promise<void> {
  checkSize(items, what);
  return async () => {
    if (items.length > 0) await workspaceApi.put(grant, collection, items);
  };
}

/** Takes a model away again that was not there before; the second call commits what the first has left. */
async function unmade({ grant, workspaceApi, look }: Writing, name: string): Promise<void> {
  const { models } = await look();
  if (!models.has(name)) return;
  await workspaceApi.remove(grant, "ModelDefinitions", modelId(name));
  await workspaceApi.remove(grant, "ModelConfigs", modelId(name));
}

const isDefined = ({ models }: ModelsState, name: string, wanted: Entities) => {
  const entities = models.get(name)?.entities;
  return (
    entities !== undefined &&
    isSame(Object.fromEntries(groupIn(entities, "definition")), writtenDefinition(wanted))
  );
};

/** The step that writes a definition, if it differs. */
export function definitionSteps(
  writing: Writing,
  name: string,
  before: Entities | undefined,
  wanted: Entities,
): readonly ModelStep[] {
  if (before && isSameGroup(before, wanted, "definition")) return [];
  const write = (entities: Entities) =>
    putting(writing, "ModelDefinitions", [definitionBody(name, entities)], `the definition of ${name}`);
  return [
    {
      title: before ? `Write the definition of ${name}` : `Create the model ${name}`,
      apply: write(wanted),
      isDone: (state) => isDefined(state, name, wanted),
      undo: before ? write(before) : () => unmade(writing, name),
    },
  ];
}

/** The step that writes a definition as it is already, because a write of another kind waits for the commit in it. */
export function committing(writing: Writing, name: string, wanted: Entities): readonly ModelStep[] {
  const write = putting(
    writing,
    "ModelDefinitions",
    [definitionBody(name, wanted)],
    `the definition of ${name}`,
  );
  return [{ title: `Commit the methods of ${name}`, apply: write, isDone: () => true, undo: write }];
}

/** The step that writes how a model is attached, if it differs. */
export function configSteps(
  writing: Writing,
  name: string,
  before: Entities | undefined,
  wanted: Entities,
): readonly ModelStep[] {
  if (isSameGroup(before, wanted, "config")) return [];
  const write = (entities: Entities | undefined) =>
    entities && groupIn(entities, "config").size > 0
      ? putting(writing, "ModelConfigs", [configBody(name, entities)], `the configuration of ${name}`)
      : () => writing.workspaceApi.remove(writing.grant, "ModelConfigs", modelId(name));
  return [
    {
      title: `Write the configuration of ${name}`,
      apply: write(wanted),
      isDone: ({ models }) => isSameGroup(models.get(name)?.entities, wanted, "config"),
      undo: write(before),
    },
  ];
}

/** The step that takes a model's configuration away, if it has one. */
export function unconfigureSteps(
  { grant, workspaceApi, ...writing }: Writing,
  name: string,
  { models, configured }: ModelsState,
): readonly ModelStep[] {
  const before = models.get(name)?.entities;
  if (!before || !configured.has(name)) return [];
  return [
    {
      title: `Delete the configuration of ${name}`,
      apply: () => workspaceApi.remove(grant, "ModelConfigs", modelId(name)),
      isDone: (state) => !state.configured.has(name),
      undo: putting(
        { grant, workspaceApi, ...writing },
        "ModelConfigs",
        [configBody(name, before)],
        `the configuration of ${name}`,
      ),
    },
  ];
}
