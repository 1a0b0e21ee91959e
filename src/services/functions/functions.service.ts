import { NotFound } from "../../errors.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import type { Outcome } from "../workspace/document.service.ts";
import type { Access } from "../workspace/workspace.access.ts";
import type { FollowDeployment } from "./deployments/deployment.following.ts";
import type { Asker, DeploymentsService } from "./deployments/deployments.service.ts";
import type { Deployment, DeploymentKind } from "../../live/deployment.record.ts";
import { createFunctionCreation, type NewFunction } from "./function.creation.ts";
import { createFunctionLook, type FunctionsMeans } from "./function.look.ts";
import { createFunctionOrder } from "./function.order.ts";
import type { ReadFunction } from "./function.reader.ts";
import { createFunctionRemoval } from "./function.removal.ts";
import { deployableProblems, refuse } from "./function.rule.ts";
import { pushedProblems } from "./deployed.rule.ts";
import { createFunctionSaving, type FunctionChangeFrom } from "./function.saving.ts";

/** A function after a write, and how the write went along with those of others. */
export interface SavedFunction {
  readonly saved: ReadFunction;
  readonly outcome: Outcome;
}

type Write = FunctionsGrant<"write">;

/** The functions of a producer's environment: kept, read and deployed. */
export interface FunctionsService {
  readonly access: Access<FunctionsGrant, Write>;
  /** What a request reads, each once: `loaders/function-reads.ts`. */
  readonly reads: {
    /** In the canvas's order. */
    readonly list: (grant: FunctionsGrant) => Promise<readonly ReadFunction[]>;
    readonly read: (grant: FunctionsGrant, name: string) => Promise<ReadFunction | undefined>;
    /** The last lines that a function wrote; undefined when there are none to be had. */
    readonly logs: (grant: FunctionsGrant, name: string) => Promise<readonly string[] | undefined>;
  };
  /** Makes a function, and lines up its deployment if it is to be deployed. */
  readonly create: (
    grant: Write,
    wanted: NewFunction,
    asker: Asker,
  ) => Promise<{ readonly made: ReadFunction; readonly deployment: Deployment | undefined }>;
  readonly save: (grant: Write, name: string, change: FunctionChangeFrom) => Promise<SavedFunction>;
  /** Takes it back from the cluster and deletes it. */
  readonly remove: (grant: Write, name: string, revision: string | undefined) => Promise<void>;
  /** Puts functions in an order; those that are not named come after, in theirs. */
  readonly reorder: (grant: Write, names: readonly string[]) => Promise<readonly ReadFunction[]>;
  /** Deletes all; the names of those that it deleted. */
  readonly clear: (grant: FunctionsGrant<"admin">) => Promise<readonly string[]>;
  /** Refuses what cannot be deployed, and lines up what can. */
  readonly deploy: (
    grant: Write,
    name: string,
    kind: DeploymentKind,
    asker: Asker,
  ) => Promise<{ readonly deployed: ReadFunction; readonly deployment: Deployment }>;
  readonly deployments: DeploymentsService;
  readonly follow: FollowDeployment;
}

export function createFunctionsService(means: FunctionsMeans): FunctionsService {
  const { slsApi, access, deployments } = means;
  const look = createFunctionLook(means);
  const create = createFunctionCreation(means, look);
  const removal = createFunctionRemoval(means, look);

  return {
    access,
    reads: {
      list: look.list,
      read: look.read,
      logs: async (grant, name) => {
        const logs = await slsApi.logs(grant, name);
        return logs?.split("\n").slice(0, logs.endsWith("\n") ? -1 : undefined);
      },
    },
    create: async (grant, wanted, asker) => {
      const made = await create(grant, wanted);
      look.remember(grant, made, made.revision);
      const deployment = wanted.isDeployed
        ? await deployments.start(grant, made.name, "DEPLOY", asker)
        : undefined;
      return { made, deployment };
    },
    save: createFunctionSaving(means, look),
    remove: removal.remove,
    reorder: createFunctionOrder(means, look),
    clear: removal.clear,
    deploy: async (grant, name, kind, asker) => {
      const deployed = await access.read(grant, () => look.read(grant, name));
      if (!deployed) throw new NotFound("function");
      const isTakenBack = kind === "UNDEPLOY";
      refuse([
        ...(isTakenBack ? [] : deployableProblems(grant, name)),
        ...pushedProblems(grant, name, deployed.serverless, isTakenBack ? "takeBack" : "deploy"),
      ]);
      // What came of it tells the revision that was deployed.
      look.remember(grant, deployed, deployed.revision);
      return { deployed, deployment: await deployments.start(grant, name, kind, asker) };
    },
    deployments,
    follow: means.follow,
  };
}
