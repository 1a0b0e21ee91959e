import type { ProjectGrant } from "../../permissions/grant.ts";
import type { WorkspaceLock } from "../workspace/lock/workspace.lock.ts";
import { projectId } from "../workspace/project-api.client.ts";
import { createAccess, type Access } from "../workspace/workspace.access.ts";
import type { WorkspaceService } from "../workspace/workspace.service.ts";
import { createGatewayAdmin, type GatewayAdmin } from "./admin.client.ts";
import { createApplyService, type ApplyService } from "./apply.service.ts";
import type { SettleOptions } from "./apply.steps.ts";
import { createConsumersService, type ConsumersService } from "./consumers/consumers.service.ts";
import type { SavedGateway, WritableGateway } from "./gateway.address.ts";
import type { GatewayUpstream } from "./gateway.upstream.ts";
import { createPipelineCheck, type PipelineCheck } from "./pipeline.check.ts";
import { modelBaseOf } from "./model.services.ts";
import type { RunningConfig } from "./running.config.ts";
import { createSchemasService, type SchemasService } from "./schemas.service.ts";
import { shownConfig, type SeesFunctions, type ShownConfig } from "./shown.config.ts";

/** Everything that can be asked of gateways that run. */
export interface GatewaysService {
  readonly admin: Pick<GatewayAdmin, "config" | "policies" | "schemas">;
  /** What of a configuration its reader may know of. */
  readonly shown: (
    gateway: SavedGateway,
    running: RunningConfig,
    seesFunctions: SeesFunctions,
  ) => Promise<ShownConfig>;
  readonly apply: ApplyService;
  readonly check: PipelineCheck;
  readonly consumers: ConsumersService;
}

/** What the parts of the service are made from. */
export interface GatewayMeans {
  readonly admin: GatewayAdmin;
  readonly upstream: GatewayUpstream;
  readonly schemas: SchemasService;
  /** What is saved, each read in a turn of its own at the workspace. */
  readonly workspace: Pick<WorkspaceService["reads"], "document" | "models">;
  /** Writes of one gateway's configuration overlap with nobody's, or all but one are lost. */
  readonly turns: Access<SavedGateway, WritableGateway>;
  /** Callers belong to all gateways of a project. */
  readonly consumerTurns: Access<ProjectGrant, ProjectGrant<"write">>;
  readonly settle: SettleOptions;
  /** Where gateways reach the models of a workspace, as a template. */
  readonly modelUrl: string;
}

interface Parts {
  readonly upstream: GatewayUpstream;
  readonly lock: WorkspaceLock;
  readonly workspace: WorkspaceService;
  readonly settle: SettleOptions;
  readonly schemasKeepMs: number;
  readonly modelUrl: string;
}

export function createGatewaysService({
  upstream,
  lock,
  workspace: { access, reads },
  schemasKeepMs,
  ...parts
}: Parts): GatewaysService {
  const admin = createGatewayAdmin(upstream);
  const means: GatewayMeans = {
    ...parts,
    admin,
    upstream,
    schemas: createSchemasService(admin, { keepMs: schemasKeepMs }),
    workspace: {
      document: (grant) => access.read(grant, () => reads.document(grant)),
      models: (grant) => access.read(grant, () => reads.models(grant)),
    },
    turns: createAccess(
      lock,
      ({ grant, dnsPrefix }) => `gateway ${projectId(grant)} ${dnsPrefix}`,
      ({ grant }) => grant.caller.budget,
    ),
    consumerTurns: createAccess(
      lock,
      (grant: ProjectGrant) => `consumers ${projectId(grant)}`,
      ({ caller }) => caller.budget,
    ),
  };
  return {
    admin,
    shown: (gateway, running, seesFunctions) =>
      shownConfig(running, modelBaseOf(means.modelUrl, gateway.grant), seesFunctions),
    apply: createApplyService(means),
    check: createPipelineCheck(means),
    consumers: createConsumersService(means),
  };
}
