import type { ProjectGrant } from "../../../permissions/grant.ts";
import type { JsonObject } from "../json.ts";
import type { StoredStatus } from "../status.reader.ts";
import { carryOut } from "../steps.ts";
import type { WorkspaceMeans } from "../workspace.service.ts";
import { withoutSecretsOf } from "../data-sources/secret.rule.ts";
import { createOpenApiReader } from "./open-api.reader.ts";
import { createClearing } from "./project.clearing.ts";
import { createStatusFeeds, type StatusFeeds } from "./status.feeds.ts";

/** The workspace as something that runs. */
export interface RunningService {
  readonly status: (grant: ProjectGrant) => Promise<StoredStatus>;
  /** The same as it changes. */
  readonly follow: StatusFeeds["follow"];
  /** How the running project describes its own API. */
  readonly openApi: (grant: ProjectGrant) => Promise<JsonObject>;
  readonly restart: (grant: ProjectGrant<"write">) => Promise<void>;
  readonly reinstall: (grant: ProjectGrant<"write">) => Promise<void>;
  /** Puts the files back to what is committed. */
  readonly reset: (grant: ProjectGrant<"admin">) => Promise<void>;
  /** Deletes models, data sources and everything in the document's lists, and sees to it that they are gone. */
  readonly clear: (grant: ProjectGrant<"admin">) => Promise<void>;
}

export function createRunningService(means: WorkspaceMeans): RunningService {
  const { projectApi, runningProject, access } = means;
  const { look, clearing } = createClearing(means);
  // What is installed, or has crashed, may tell of addresses with passwords in them.
  const shown = (status: StoredStatus) => ({ ...status, output: withoutSecretsOf(status.output, []) });
  return {
    status: async (grant) => shown(await projectApi.status(grant)),
    follow: createStatusFeeds({ projectApi, shown }).follow,
    openApi: createOpenApiReader(runningProject),
    restart: (grant) => access.write(grant, () => projectApi.restart(grant)),
    reinstall: (grant) => access.write(grant, () => projectApi.reinstall(grant)),
    reset: (grant) => access.write(grant, () => projectApi.hardReset(grant)),
    clear: (grant) =>
      access.write(grant, async (lost) => {
        await carryOut([clearing(grant)], { look: () => look(grant), lost });
      }),
  };
}
