import { z } from "zod";
import { textOf } from "../workspace/document/document.reader.ts";
import type { JsonObject } from "../workspace/json.ts";
import { checkSize } from "../workspace/loopback.answer.ts";
import { isObject } from "../workspace/merge/json.kinds.ts";
import { jsonObject } from "../workspace/shapes.ts";
import type { Answer } from "../http/upstream.ts";
import { refusalOf } from "./admin.answer.ts";
import type { SavedGateway, WritableGateway } from "./gateway.address.ts";
import type { GatewayUpstream } from "./gateway.upstream.ts";
import { platformEntry, type EntryKind, type RunningConfig } from "./running.config.ts";

/** A JSON schema of a gateway's, with the kind of thing that it describes. */
export interface GatewaySchema {
  readonly type: string;
  readonly schema: JsonObject & { readonly $id: string };
}

const schemasShape = z.array(
  z.object({
    type: z.string(),
    schema: jsonObject.refine(
      (schema): schema is GatewaySchema["schema"] => typeof schema["$id"] === "string",
    ),
  }),
);

const policiesShape = z.array(z.string());

const pathOf: Record<EntryKind, string> = {
  pipeline: "pipelines",
  apiEndpoint: "api-endpoints",
  serviceEndpoint: "service-endpoints",
};

/**
 * What a gateway's administration tells and takes of its configuration. It asks nobody who they are, loads what is
 * written about two seconds later, and loses writes that overlap. A write that throws UpstreamUnavailable may have been
 * done all the same.
 */
export interface GatewayAdmin {
  /** What the gateway serves. */
  readonly config: (gateway: SavedGateway) => Promise<RunningConfig>;
  readonly policies: (gateway: SavedGateway) => Promise<readonly string[]>;
  readonly schemas: (gateway: SavedGateway) => Promise<readonly GatewaySchema[]>;
  readonly put: (gateway: WritableGateway, kind: EntryKind, name: string, entry: JsonObject) => Promise<void>;
  /** Takes away what the gateway serves, and says whether it was served; what is not, or not yet, stays as it is. */
  readonly remove: (gateway: WritableGateway, kind: EntryKind, name: string) => Promise<boolean>;
}

/** Long enough for a gateway that is there. */
const schemasTimeoutMs = 3000;

export function createGatewayAdmin(upstream: GatewayUpstream): GatewayAdmin {
  const wanted = (answer: Answer, what: string, statuses: readonly number[]) => {
    if (!statuses.includes(answer.status)) throw refusalOf(upstream.name, answer, what);
    return answer;
  };

  const read = async <Shape>(
    gateway: SavedGateway,
    path: string,
    shape: z.ZodType<Shape>,
    timeoutMs?: number,
  ): Promise<Shape> => {
    const call = { method: "GET" as const, path: [path], ...(timeoutMs === undefined ? {} : { timeoutMs }) };
    return wanted(await upstream.call(gateway, call), `GET /${path}`, [200]).as(shape);
  };

  const entries = async (gateway: SavedGateway, kind: EntryKind) => {
    const all = await read(gateway, pathOf[kind], jsonObject);
    return new Map(Object.entries(all).filter((entry): entry is [string, JsonObject] => isObject(entry[1])));
  };

  return {
    config: async (gateway) => {
      const [pipeline, apiEndpoint, serviceEndpoint] = await Promise.all([
        entries(gateway, "pipeline"),
        entries(gateway, "apiEndpoint"),
        entries(gateway, "serviceEndpoint"),
      ]);
      const adminHost = textOf(apiEndpoint.get(platformEntry)?.["host"]) ?? "";
      const ownHost = adminHost.startsWith("admin-") ? adminHost.slice("admin-".length) : "*";
      for (const all of [pipeline, apiEndpoint, serviceEndpoint]) all.delete(platformEntry);
      return { pipeline, apiEndpoint, serviceEndpoint, ownHost };
    },
    policies: (gateway) => read(gateway, "policies", policiesShape),
    schemas: (gateway) => read(gateway, "schemas", schemasShape, schemasTimeoutMs),
    put: async (gateway, kind, name, entry) => {
      checkSize(entry, name);
      const path = [pathOf[kind], name];
      const answer = await upstream.call(gateway, { method: "PUT", path, body: entry, understands: [500] });
      wanted(answer, `PUT /${pathOf[kind]}`, [201, 204]);
    },
    remove: async (gateway, kind, name) => {
      const path = [pathOf[kind], name];
      const answer = await upstream.call(gateway, { method: "DELETE", path, understands: [500] });
      return wanted(answer, `DELETE /${pathOf[kind]}`, [204, 404]).status === 204;
    },
  };
}
