import { SettError } from "../../errors.ts";
import type { ProjectGrant } from "../../permissions/grant.ts";
import { textOf } from "../../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../../services/workspace/json.ts";
import { isObject } from "../../services/workspace/merge/json.kinds.ts";
import type { StoredModel, WorkspaceApi } from "../../services/workspace/workspace-api.client.ts";
import type { ModelDefinition } from "../gateway/platform.entries.ts";

/** What only a running project tells; undefined while it cannot be asked. */
export interface RunningProjects {
  readonly models: (grant: ProjectGrant) => Promise<readonly ModelDefinition[] | undefined>;
  readonly openApi: (grant: ProjectGrant) => Promise<JsonObject | undefined>;
}

function toDefinition(model: StoredModel): ModelDefinition {
  const { name, http } = model;
  const path = isObject(http) ? textOf(http["path"]) : undefined;
  return { id: textOf(model["lunchbadgerId"]), name, plural: textOf(model["plural"]), path };
}

/** Whatever a service says besides an answer means that it cannot be asked; anything else is a fault of ours. */
const unlessRefused = (error: unknown): undefined => {
  if (!(error instanceof SettError)) throw error;
  return undefined;
};

export function createRunningProjects(
  workspaceApi: Pick<WorkspaceApi, "models">,
  readOpenApi: (grant: ProjectGrant) => Promise<JsonObject>,
): RunningProjects {
  return {
    models: async (grant) => {
      const models = await workspaceApi.models(grant).catch(unlessRefused);
      return models?.map(toDefinition);
    },
    openApi: (grant) => readOpenApi(grant).catch(unlessRefused),
  };
}
