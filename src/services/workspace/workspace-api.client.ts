import { z } from "zod";
import type { ProjectGrant } from "../../permissions/grant.ts";
import type { WorkspaceUpstream } from "../http/upstream.ts";
import type { JsonObject } from "./json.ts";
import { checkSize, messageOf, refusalOf } from "./loopback.answer.ts";
import {
  dataSourceShape,
  jsonObject,
  modelConfigShape,
  modelShape,
  type StoredDataSource,
  type StoredModel,
  type StoredModelConfig,
} from "./shapes.ts";

/** Kinds of things in a workspace, each with a collection of that name. */
export type Collection =
  | "ModelDefinitions"
  | "ModelConfigs"
  | "ModelProperties"
  | "ModelRelations"
  | "ModelMethods"
  | "DataSourceDefinitions";

export type { StoredDataSource, StoredModel, StoredModelConfig } from "./shapes.ts";

/** Whether a data source could be connected to, and what its driver said if not: to be cleaned of secrets first. */
export interface ConnectionTest {
  readonly connects: boolean;
  readonly message?: string;
}

/**
 * The Workspace API of a producer's workspace. It asks nobody who they are. A write that throws UpstreamUnavailable may
 * have been done all the same.
 */
export interface WorkspaceApi {
  /** The project's own models, each with all that belongs to it. */
  readonly models: (grant: ProjectGrant) => Promise<readonly StoredModel[]>;
  readonly modelConfigs: (grant: ProjectGrant) => Promise<readonly StoredModelConfig[]>;
  readonly dataSources: (grant: ProjectGrant) => Promise<readonly StoredDataSource[]>;
  /** Puts things in place of those of the same id, or adds them. */
  readonly put: (
    grant: ProjectGrant<"write">,
    collection: Collection,
    items: readonly JsonObject[],
  ) => Promise<void>;
  /** Deletes one thing; fine when it is not there, but for a model, whose absence is answered like a failure. */
  readonly remove: (grant: ProjectGrant<"write">, collection: Collection, id: string) => Promise<void>;
  /** Deletes all of a kind that a model has: a method's id alone does not tell whose it is. */
  readonly removeParts: (
    grant: ProjectGrant<"write">,
    modelId: string,
    parts: "properties" | "relations" | "methods",
  ) => Promise<void>;
  readonly testConnection: (grant: ProjectGrant<"write">, dataSourceId: string) => Promise<ConnectionTest>;
}

/** A list of things of a shape. What overlapping writes have left without a name is nothing that anybody could use. */
function listOf<Shape>(shape: z.ZodType<Shape>) {
  const named = z.array(jsonObject).transform((all) => all.filter(({ name }) => name !== undefined));
  return named.pipe(z.array(shape as z.ZodType<Shape, JsonObject>));
}

const modelsShape = listOf(modelShape);
const modelConfigsShape = listOf(modelConfigShape);
const dataSourcesShape = listOf(dataSourceShape);

export function createWorkspaceApi(upstream: WorkspaceUpstream): WorkspaceApi {
  const list = async <Shape>(
    grant: ProjectGrant,
    collection: string,
    shape: z.ZodType<Shape>,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Shape> => {
    const path = ["Facets", "server", collection];
    const answer = await upstream.call(grant, { method: "GET", path, query, torn: true });
    if (answer.status !== 200) throw refusalOf(upstream.name, answer, `GET /Facets/server/${collection}`);
    return answer.as(shape);
  };

  const remove = async (grant: ProjectGrant<"write">, path: readonly string[]) => {
    const answer = await upstream.call(grant, { method: "DELETE", path, understands: [500], outlasts: true });
    if (answer.status !== 200 && answer.status !== 204) {
      throw refusalOf(upstream.name, answer, `DELETE /${path[0] ?? ""}`);
    }
  };

  return {
    models: (grant) => {
      const include = ["properties", "relations", "methods", "validations", "accessControls"];
      return list(grant, "models", modelsShape, { filter: JSON.stringify({ include }) });
    },
    modelConfigs: (grant) => list(grant, "modelConfigs", modelConfigsShape),
    dataSources: (grant) => list(grant, "datasources", dataSourcesShape),
    put: async (grant, collection, items) => {
      const body = items.length === 1 && items[0] ? items[0] : items;
      checkSize(body, collection);
      const answer = await upstream.call(grant, {
        method: "POST",
        path: [collection],
        body,
        understands: [500],
        outlasts: true,
      });
      if (answer.status !== 200) throw refusalOf(upstream.name, answer, `POST /${collection}`);
    },
    remove: (grant, collection, id) => remove(grant, [collection, id]),
    removeParts: (grant, modelId, parts) => remove(grant, ["ModelDefinitions", modelId, parts]),
    testConnection: async (grant, id) => {
      const path = ["DataSourceDefinitions", id, "testConnection"];
      const call = { method: "GET", path, understands: [500], reachesOut: true } as const;
      const answer = await upstream.call(grant, call);
      if (answer.status === 200) return { connects: true };
      if (answer.status === 500) return { connects: false, message: messageOf(answer) };
      throw refusalOf(upstream.name, answer, "GET /DataSourceDefinitions/…/testConnection");
    },
  };
}
