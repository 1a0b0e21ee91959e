import type { z } from "zod";
import { NotFound, UpstreamUnavailable } from "../../../errors.ts";
import type { JsonObject } from "../../workspace/json.ts";
import { refusalOf } from "../admin.answer.ts";
import type { SavedGateway, WritableGateway } from "../gateway.address.ts";
import type { GatewayUpstream } from "../gateway.upstream.ts";

/** One write of the administration of callers. */
export interface ConsumerWrite {
  readonly method: "POST" | "PUT" | "DELETE";
  readonly path: readonly string[];
  readonly body?: JsonObject;
  /** Where what is sent stands in the caller's input. */
  readonly input?: string;
  /** What is not there when the answer is 404. */
  readonly noun: string;
}

/** The administration of those who call a gateway, whose errors are plain text under any status. */
export interface ConsumersClient {
  /** Undefined for 404. */
  readonly read: <Shape>(
    gateway: SavedGateway,
    path: readonly string[],
    shape: z.ZodType<Shape>,
  ) => Promise<Shape | undefined>;
  /** All pages of a listing; the service tells no order, and may tell of one thing twice. */
  readonly readAll: <Item extends { readonly id: string }>(
    gateway: SavedGateway,
    path: string,
    shape: z.ZodType<Page<Item>>,
  ) => Promise<readonly Item[]>;
  readonly write: <Shape>(
    gateway: WritableGateway,
    write: ConsumerWrite,
    shape?: z.ZodType<Shape>,
  ) => Promise<Shape | undefined>;
}

/** A page of a listing, under whatever name its items have; the last says that 0 is next. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextKey: number;
}

/** Far more than a project has callers. */
const mostPages = 1000;

export function createConsumersClient(upstream: GatewayUpstream): ConsumersClient {
  return {
    read: async (gateway, path, shape) => {
      const answer = await upstream.call(gateway, { method: "GET", path, understands: [500] });
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw refusalOf(upstream.name, answer, `GET /${path[0] ?? ""}`);
      return answer.as(shape);
    },

    readAll: async (gateway, path, shape) => {
      type Item = (typeof shape)["_output"]["items"][number];
      const found = new Map<string, Item>();
      let start = 0;
      for (let page = 0; page < mostPages; page += 1) {
        // Where a page begins is told by the one before.
        const answer = await upstream.call(gateway, { method: "GET", path: [path], query: { start } });
        if (answer.status !== 200) throw refusalOf(upstream.name, answer, `GET /${path}`);
        const { items, nextKey } = answer.as(shape);
        for (const item of items) found.set(item.id, item);
        if (nextKey === 0) return [...found.values()];
        start = nextKey;
      }
      throw new UpstreamUnavailable(upstream.name, `GET /${path} has no end`);
    },

    write: async (gateway, { method, path, body, input, noun }, shape) => {
      const answer = await upstream.call(gateway, { method, path, body, understands: [500] });
      if (answer.status === 404) throw new NotFound(noun);
      if (![200, 201, 204].includes(answer.status)) {
        throw refusalOf(upstream.name, answer, `${method} /${path[0] ?? ""}`, input);
      }
      return shape && answer.as(shape);
    },
  };
}
