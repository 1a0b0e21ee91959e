import { Conflict, NotFound, SettError } from "../../errors.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import { carryOut, type StepReport } from "../workspace/steps.ts";
import { refuseForeign } from "./deployed.rule.ts";
import type { FunctionLook, FunctionsMeans } from "./function.look.ts";
import { removing } from "./function.steps.ts";
import type { FunctionsService } from "./functions.service.ts";
import { upstreamName } from "./sls-api.answer.ts";

const changedMessage = "The function has changed since you read it.";

/** Deleting functions, one or all: each after what runs of it was taken back, and when nothing deploys it. */
export function createFunctionRemoval(
  { slsApi, access, deployments, takeBack }: FunctionsMeans,
  look: FunctionLook,
): Pick<FunctionsService, "remove" | "clear"> {
  const looking = (grant: FunctionsGrant) => (name: string) => look.read(grant, name);

  const fit = async (grant: FunctionsGrant, name: string, revision: string | undefined) => {
    const now = await look.read(grant, name);
    if (!now) throw new NotFound("function");
    if (revision !== undefined && revision !== now.revision) {
      throw new Conflict(changedMessage, { revision: now.revision });
    }
    refuseForeign(grant, name, now.serverless);
    return now;
  };

  const remove: FunctionsService["remove"] = async (grant, name, revision) => {
    // What waits to be deployed is given up only for what can be deleted.
    await access.read(grant, () => fit(grant, name, revision));
    await deployments.alone(grant, name, async () => {
      await takeBack?.(grant, name);
      await access.write(grant, async (lost) => {
        const step = removing({ grant, slsApi, look: looking(grant) }, await fit(grant, name, revision));
        await carryOut([step], { look: () => look.read(grant, name), lost, upstream: upstreamName });
        await deployments.forgetLast(grant, name);
      });
    });
  };

  return {
    remove,
    clear: async (grant) => {
      const all = await access.read(grant, () => look.list(grant));
      const steps: StepReport[] = [];
      const deleted: string[] = [];
      let failure: SettError | undefined;
      // One by one, so that the others get their turns in between, and the rest goes even if one stays.
      for (const { name } of all) {
        const title = `Undeploy and delete ${name}`;
        try {
          await remove(grant, name, undefined);
          deleted.push(name);
          steps.push({ title, outcome: "DONE" });
        } catch (error) {
          if (!(error instanceof SettError)) throw error;
          const isGone = error instanceof NotFound;
          if (!isGone) failure ??= error;
          steps.push({ title, outcome: isGone ? "DONE" : "NOT_DONE" });
        }
      }
      if (failure) throw failure.with({ steps });
      return deleted;
    },
  };
}
