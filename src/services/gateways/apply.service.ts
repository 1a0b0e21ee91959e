import { BadUserInput } from "../../errors.ts";
import type { ProjectGrant } from "../../permissions/grant.ts";
import { listOf } from "../workspace/document/document.reader.ts";
import { carryOut, type Step, type StepReport } from "../workspace/steps.ts";
import type { JsonObject } from "../workspace/json.ts";
import { applyStep, settled } from "./apply.steps.ts";
import { createUnmaking } from "./apply.undo.ts";
import { savedGateway, type SavedGateway, type WritableGateway } from "./gateway.address.ts";
import { differences, type Difference } from "./gateway.difference.ts";
import type { GatewayMeans } from "./gateways.service.ts";
import { modelBaseOf, readModelServices } from "./model.services.ts";
import type { RunningConfig } from "./running.config.ts";
import { savedConfig } from "./saved.config.ts";
import { shownConfig, type SeesFunctions, type ShownConfig } from "./shown.config.ts";

/** What was different, and what was done about it. */
export interface Applied {
  readonly gateway: SavedGateway;
  readonly difference: readonly Difference[];
  readonly steps: readonly StepReport[];
}

/** How a gateway is to be made to run as it is saved. */
export interface AskedApply {
  readonly isTried: boolean;
  readonly seesFunctions: SeesFunctions;
}

/** What makes a gateway run as it is saved. */
export interface ApplyService {
  /** What is not the same in a project's document and at the gateway. */
  readonly difference: (
    gateway: SavedGateway,
    document: JsonObject,
    running: ShownConfig,
  ) => Promise<readonly Difference[]>;
  /** Compares and, unless it is only to be tried, writes what differs; nobody else does so meanwhile. */
  readonly apply: (grant: ProjectGrant<"write">, id: string, asked: AskedApply) => Promise<Applied>;
}

export function createApplyService(means: GatewayMeans): ApplyService {
  const { admin, turns, workspace, schemas, settle, modelUrl } = means;

  const compare = async (gateway: SavedGateway, document: JsonObject, running: ShownConfig) => {
    const models = await readModelServices(means, gateway, document);
    const { config, problems } = savedConfig({ gateway, document, models, running });
    return { difference: differences(config, running), problems };
  };

  /** Refuses what the gateway would not take, or would take and not be able to do. */
  const checked = async (gateway: SavedGateway, document: JsonObject, running: ShownConfig) => {
    const { difference, problems } = await compare(gateway, document, running);
    const rules = await schemas.of(gateway);
    const pipelines = listOf(gateway.item, "pipelines");
    const all = [...rules.problemsOf(pipelines, `gateways.${gateway.index}.pipelines`), ...problems];
    if (all.length > 0) throw new BadUserInput(all);
    return difference;
  };

  const carriedOut = async (
    gateway: WritableGateway,
    difference: readonly Difference[],
    running: RunningConfig,
    lost: AbortSignal,
  ): Promise<readonly StepReport[]> => {
    const begun = new Set<Step<RunningConfig>>();
    const read = () => admin.config(gateway);
    const unmaking = createUnmaking({
      read,
      remove: ({ kind, name }) => admin.remove(gateway, kind, name),
      settle,
    });
    const steps = difference.map((each): Step<RunningConfig> => {
      const step = applyStep({ gateway, admin, running, unmaking }, each);
      const apply = () => {
        begun.add(step);
        return step.apply();
      };
      return { ...step, apply };
    });
    const areAll = (config: RunningConfig) => [...begun].every((step) => step.isDone(config));
    const look = () => settled(read, areAll, settle);
    try {
      return (await carryOut(steps, { look, lost, upstream: "gateway-admin" })).steps;
    } catch (error) {
      // Whoever is next compares with what is served: that has to be what was put back.
      const areBack = (config: RunningConfig) => [...begun].every((step) => !step.isDone(config));
      await settled(read, areBack, settle).catch(() => undefined);
      throw error;
    }
  };

  return {
    difference: async (gateway, document, running) => (await compare(gateway, document, running)).difference,
    apply: async (grant, id, { isTried, seesFunctions }) => {
      const found = savedGateway(grant, await workspace.document(grant), id);
      return turns.write(found, async (lost) => {
        // What is saved by now, and not by when this was asked for: others may have had their turns meanwhile.
        const read = await workspace.document(grant);
        const gateway = savedGateway(grant, read, id);
        const running = await admin.config(gateway);
        const shown = await shownConfig(running, modelBaseOf(modelUrl, grant), seesFunctions);
        const difference = await checked(gateway, read.document, shown);
        const isNothing = isTried || difference.length === 0;
        const steps = isNothing ? [] : await carriedOut(gateway, difference, running, lost);
        return { gateway, difference, steps };
      });
    },
  };
}
