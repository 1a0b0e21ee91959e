import { BadUserInput, NotFound, type Problem } from "../../../errors.ts";
import type { ProjectGrant } from "../../../permissions/grant.ts";
import type { Outcome } from "../document.service.ts";
import type { Json } from "../json.ts";
import { projectId } from "../project-api.client.ts";
import { carryOut, type Step, type StepReport } from "../steps.ts";
import type { WorkspaceMeans } from "../workspace.service.ts";
import { documentOf } from "./held.model.ts";
import { changedModel, newModel, type ModelChange } from "./model.change.ts";
import { redirected } from "./follower.steps.ts";
import { checkUnchanged, mergedModel } from "./model.merge.ts";
import { problemsOf } from "./model.problems.ts";
import { readModels, type ModelsState, type ReadModel } from "./model.reader.ts";
import type { Writing } from "./model.steps.ts";
import { orderProblems, orderSteps } from "./order.steps.ts";
import { removalSteps, type RemovalState } from "./removal.steps.ts";
import { renameSteps } from "./rename.steps.ts";
import { saveSteps } from "./save.steps.ts";

/** A model after a write, and how it was written. */
export interface SavedModel {
  readonly model: ReadModel;
  readonly steps: readonly StepReport[];
  readonly outcome: Outcome;
}

/** The models of projects, each with all that belongs to it. */
export interface ModelsService {
  /** In the canvas's order. */
  readonly read: (grant: ProjectGrant) => Promise<readonly ReadModel[]>;
  /** Makes a model, changes it or renames it, whole. */
  readonly save: (grant: ProjectGrant<"write">, change: ModelChange) => Promise<SavedModel>;
  readonly remove: (
    grant: ProjectGrant<"write">,
    name: string,
    revision: string | undefined,
  ) => Promise<readonly StepReport[]>;
  /** Puts models in an order; those that are not named come after, in theirs. */
  readonly reorder: (grant: ProjectGrant<"write">, names: readonly string[]) => Promise<void>;
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new BadUserInput(problems);
}

export function createModelsService(means: WorkspaceMeans): ModelsService {
  const { workspaceApi, projectApi, access, revisions } = means;
  const scopeOf = (grant: ProjectGrant, name: string) => `models ${projectId(grant)} ${name}`;

  const look = async (grant: ProjectGrant): Promise<ModelsState> => {
    const [models, configs] = await Promise.all([
      workspaceApi.models(grant),
      workspaceApi.modelConfigs(grant),
    ]);
    return readModels(models, configs, (revision, model) => {
      void revisions.remember(scopeOf(grant, model.name), revision, documentOf(model));
    });
  };

  const recalled = async (
    grant: ProjectGrant,
    name: string,
    revision: string | undefined,
    now: ReadModel | undefined,
  ): Promise<Json | undefined> => {
    if (revision === undefined || revision === now?.revision) return undefined;
    return revisions.recall(scopeOf(grant, name), revision);
  };

  const dataSourcesFor = async (grant: ProjectGrant, { config }: ModelChange) =>
    typeof config?.dataSource === "string"
      ? new Set((await workspaceApi.dataSources(grant)).map(({ name }) => name))
      : undefined;

  /** Does the steps, if there are any, and tells what is there then. */
  const carried = async <State>(
    steps: readonly Step<State>[],
    before: State,
    means: { readonly look: () => Promise<State>; readonly lost: AbortSignal },
  ) => (steps.length === 0 ? { state: before, steps: [] } : carryOut(steps, means));

  const lookForRemoval = async (grant: ProjectGrant): Promise<RemovalState> => {
    const [state, document] = await Promise.all([look(grant), projectApi.document(grant)]);
    return { ...state, document: document ?? {} };
  };

  const writingFor = (grant: ProjectGrant<"write">): Writing => ({
    grant,
    workspaceApi,
    projectApi,
    look: () => look(grant),
  });

  return {
    read: async (grant) => [...(await look(grant)).models.values()],

    save: (grant, change) =>
      access.write(grant, async (lost) => {
        const writing = writingFor(grant);
        const [state, dataSources] = await Promise.all([look(grant), dataSourcesFor(grant, change)]);
        const { name } = change;
        const previous = change.renamedFrom ?? name;
        const now = state.models.get(previous);
        const revision = change.revision ?? undefined;
        if (!now && previous !== name) throw new NotFound("model");

        const base = await recalled(grant, previous, revision, now);
        const place = Math.max(0, ...[...state.models.values()].map(nextPlace));
        const made = mergedModel({ now, revision, recalled: base }, (from) =>
          from.size > 0 ? changedModel(from, change) : newModel(change, place),
        );
        refuse(problemsOf(change, { state, now, wanted: made.wanted, dataSources }));
        const wanted = redirected(made.wanted, previous, name);
        const isRenamed = now !== undefined && previous !== name;
        const steps = isRenamed
          ? renameSteps(writing, { from: now, to: name, wanted, state, tree: await projectApi.files(grant) })
          : saveSteps(writing, name, now?.entities, wanted);
        const done = await carried(steps, state, { look: writing.look, lost });
        const model = done.state.models.get(name);
        if (!model) throw new NotFound("model");
        return { model, steps: done.steps, outcome: now ? made.outcome : "SAVED" };
      }),

    remove: (grant, name, revision) =>
      access.write(grant, async (lost) => {
        const state = await lookForRemoval(grant);
        const now = state.models.get(name);
        if (!now) throw new NotFound("model");
        const built = [...state.models.values()].filter(
          ({ entities }) => entities.get("definition/base") === name,
        );
        refuse(
          built.map((model) => ({ field: "input.name", message: `${model.name} builds on this model` })),
        );
        checkUnchanged({ now, revision, recalled: await recalled(grant, name, revision, now) });
        const steps = removalSteps(writingFor(grant), now, state);
        return (await carried(steps, state, { look: () => lookForRemoval(grant), lost })).steps;
      }),

    reorder: (grant, names) =>
      access.write(grant, async (lost) => {
        const state = await look(grant);
        refuse(orderProblems(names, state));
        const writing = writingFor(grant);
        await carried(orderSteps(writing, names, state), state, { look: writing.look, lost });
      }),
  };
}

/** The place behind a model's. */
function nextPlace({ entities }: ReadModel): number {
  const place = entities.get("definition/itemOrder");
  return typeof place === "number" ? place + 1 : 0;
}
