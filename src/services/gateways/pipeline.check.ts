import { BadUserInput, type Problem } from "../../errors.ts";
import type { ProjectGrant } from "../../permissions/grant.ts";
import { listOf, textOf } from "../workspace/document/document.reader.ts";
import type { ReadDocument } from "../workspace/document.service.ts";
import type { JsonObject } from "../workspace/json.ts";
import { isReachable, savedGateway } from "./gateway.address.ts";
import type { GatewayMeans } from "./gateways.service.ts";
import { readModelServices } from "./model.services.ts";
import { proxyTargets } from "./pipeline.reader.ts";

/** Pipelines that somebody wants to save. */
export interface WantedPipelines {
  /** The gateway they are of; undefined for one that is to be made. */
  readonly gateway: string | undefined;
  readonly pipelines: readonly JsonObject[];
  /** Where each of them stands in the input. */
  readonly field: (index: number) => string;
  /** The ids that the project's functions have on the canvas; undefined where the caller cannot learn them. */
  readonly functions: () => Promise<ReadonlySet<string> | undefined>;
}

/** Looks whether pipelines make sense before they are saved. */
export interface PipelineCheck {
  /**
   * Refuses references to what is not there and, where the gateway runs and tells its schemas, whatever these do not
   * allow; whether they could be asked.
   */
  readonly pipelines: (
    grant: ProjectGrant<"write">,
    read: ReadDocument,
    wanted: WantedPipelines,
  ) => Promise<boolean>;
}

/** Everything that a proxy may lead to, as far as the document tells. */
function targetsIn(document: JsonObject, pipelines: readonly JsonObject[]): ReadonlySet<string> {
  const ids = pipelines.map(({ id }) => id);
  const connected = listOf(document, "connections")
    .filter(({ toId }) => toId !== undefined && ids.includes(toId))
    .map(({ fromId }) => textOf(fromId) ?? "");
  const listed = ["serviceEndpoints", "functions"].flatMap((field) => listOf(document, field));
  return new Set([...listed.map(({ id }) => textOf(id) ?? ""), ...connected]);
}

/** A reference of a proxy's, and where it stands in the input. */
interface Reference {
  readonly target: string;
  readonly field: string;
}

export function createPipelineCheck(means: GatewayMeans): PipelineCheck {
  const { admin, schemas } = means;

  const rulesFor = async (grant: ProjectGrant<"write">, read: ReadDocument, id: string | undefined) => {
    const item = listOf(read.document, "gateways").find((each) => each["id"] === id);
    if (!item || !isReachable(item)) return {};
    const gateway = savedGateway(grant, read, String(id));
    const rules = await schemas.ifKnown(gateway);
    return rules ? { gateway, rules } : {};
  };

  /** Looks further for what the document does not tell of: among the models, what already runs, and the functions. */
  const dangling = async (
    references: readonly Reference[],
    looks: readonly (() => Promise<ReadonlySet<string> | undefined>)[],
  ): Promise<readonly Reference[]> => {
    let left = references;
    for (const look of looks) {
      if (left.length === 0) return [];
      const found = await look();
      left = found ? left.filter(({ target }) => !found.has(target)) : [];
    }
    return left;
  };

  return {
    pipelines: async (grant, read, { gateway: id, pipelines, field, functions }) => {
      if (pipelines.every((each) => listOf(each, "policies").length === 0)) return true;
      const { gateway, rules } = await rulesFor(grant, read, id);
      const ofRules = pipelines.flatMap((each, index) =>
        (rules?.problemsOf([each], "") ?? []).map(({ field: place, message }) => ({
          field: `${field(index)}${place.slice(".0".length)}`,
          message,
        })),
      );
      const known = targetsIn(read.document, pipelines);
      const unknown = pipelines.flatMap((each, index) =>
        proxyTargets(each)
          .filter(({ target }) => !known.has(target))
          .map(({ place, target }) => ({ target, field: `${field(index)}.${place}` })),
      );
      const models = () => readModelServices(means, { grant, item: { pipelines } }, read.document);
      const running = async () => gateway && admin.config(gateway).catch(() => undefined);
      const left = await dangling(unknown, [
        async () => new Set((await models()).map((each) => each.id)),
        async () => new Set((await running())?.serviceEndpoint.keys()),
        functions,
      ]);
      const problems: Problem[] = [...ofRules, ...left.map(danglingProblem)];
      if (problems.length > 0) throw new BadUserInput(problems);
      return rules !== undefined;
    },
  };
}

const danglingProblem = ({ target, field }: Reference): Problem => ({
  field,
  message: `there is nothing with the id ${target} that a gateway could lead to`,
});
