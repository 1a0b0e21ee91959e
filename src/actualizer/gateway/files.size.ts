import type { Json, JsonObject } from "../../services/workspace/json.ts";
import type { GatewayResource } from "../resources/gateway.resource.ts";
import { consumerModels } from "./consumer.models.ts";

const bytesOf = (text: string) => Buffer.byteLength(text);

/** The system configuration as it is when nothing else is said, and names of files: somewhat less than this. */
const usualBytes = 2_000 + bytesOf(JSON.stringify(consumerModels));

/** A sign that gateways would read a variable by is spelt with three more. */
const quotedBytes = (text: string) => bytesOf(JSON.stringify(text)) + 3 * (text.split("${").length - 1);

/** Besides itself each thing has a line of its own, as far in as it is deep, with its signs. */
const lineBytes = (depth: number) => 2 * depth + 8;

/** At least as many bytes as YAML takes for it; counts no further than to what is too much. */
function writtenBytes(value: Json, most: number): number {
  let bytes = 0;
  const open: [Json, number][] = [[value, 0]];
  for (let next = open.pop(); next !== undefined && bytes <= most; next = open.pop()) {
    const [part, depth] = next;
    bytes += lineBytes(depth);
    if (typeof part === "string") {
      bytes += quotedBytes(part);
    } else if (typeof part !== "object" || part === null) {
      bytes += String(part).length;
    } else if (Array.isArray(part)) {
      for (const each of part as readonly Json[]) open.push([each, depth + 1]);
    } else {
      for (const [key, each] of Object.entries(part as JsonObject)) {
        bytes += quotedBytes(key) + lineBytes(depth);
        open.push([each, depth + 1]);
      }
    }
  }
  return bytes;
}

/**
 * How many bytes a gateway's files have at most, without writing them: what is nested takes many times what it takes as
 * JSON. Once it is more than `most` it is not told how much more.
 */
export function filesBytes(
  { configuration, system }: Pick<GatewayResource["spec"], "configuration" | "system">,
  most: number,
): number {
  return usualBytes + writtenBytes([configuration as Json, (system ?? {}) as Json], most);
}
