import { SettError } from "../../errors.ts";
import type { ProjectGrant } from "../../permissions/grant.ts";
import { textOf } from "../../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../../services/workspace/json.ts";
import { isObject } from "../../services/workspace/merge/json.kinds.ts";
import type { StoredModel, WorkspaceApi } from "../../services/workspace/workspace-api.client.ts";
import type { ModelDefinition } from "../gateway/platform.entries.ts";
import { resourceName, type Place } from "../names/object.names.ts";
import { createSlowWaits, usualSlowPatience, type SlowPatience } from "./slow.waits.ts";

/** What only a running project tells; undefined while it cannot be asked. */
export interface RunningProjects {
  readonly models: (grant: ProjectGrant) => Promise<readonly ModelDefinition[] | undefined>;
  readonly openApi: (grant: ProjectGrant) => Promise<JsonObject | undefined>;
  /** The workspace of a place has come up, so what it has not answered before is nothing to go by. */
  readonly cameUp: (place: Place) => void;
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
  patience: SlowPatience = usualSlowPatience,
): RunningProjects {
  const waits = createSlowWaits(patience);
  const services = ["models", "openApi"] as const;
  const nameOf = (service: (typeof services)[number], place: Place) => `${resourceName(place)}/${service}`;
  const ask = <Value>(service: (typeof services)[number], grant: ProjectGrant, read: () => Promise<Value>) =>
    waits.wait(grant.producer, nameOf(service, grant), () => read().catch(unlessRefused));

  return {
    models: async (grant) => {
      const models = await ask("models", grant, () => workspaceApi.models(grant));
      return models?.map(toDefinition);
    },
    openApi: (grant) => ask("openApi", grant, () => readOpenApi(grant)),
    cameUp: (place) => {
      for (const service of services) waits.forgive(nameOf(service, place));
    },
  };
}
