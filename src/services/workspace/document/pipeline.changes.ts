import { NotFound } from "../../../errors.ts";
import type { JsonObject } from "../json.ts";
import { withItem } from "./canvas.changes.ts";
import { listOf, textOf } from "./document.reader.ts";

/** The pipelines of a gateway in a document. */
export function pipelinesOf(document: JsonObject, gateway: string): readonly JsonObject[] {
  const found = listOf(document, "gateways").find((each) => each["id"] === gateway);
  if (!found) throw new NotFound("gateway");
  return listOf(found, "pipelines");
}

const withPipelines = (document: JsonObject, gateway: string, pipelines: readonly JsonObject[]) =>
  withItem(document, "gateways", gateway, { pipelines });

/** The document with a pipeline of a gateway changed in these fields, or added when there is none of this id. */
export function withPipeline(
  document: JsonObject,
  gateway: string,
  id: string,
  fields: JsonObject,
): JsonObject {
  const pipelines = pipelinesOf(document, gateway);
  const isThere = pipelines.some((each) => each["id"] === id);
  const wanted = isThere
    ? pipelines.map((each) => (each["id"] === id ? { ...each, ...fields } : each))
    : [...pipelines, { id, ...fields }];
  return withPipelines(document, gateway, wanted);
}

/** The document without a pipeline of a gateway, and without the connections that led to it or from it. */
export function withoutPipeline(document: JsonObject, gateway: string, id: string): JsonObject {
  const pipelines = pipelinesOf(document, gateway);
  if (!pipelines.some((each) => each["id"] === id)) throw new NotFound("pipeline");
  const left = pipelines.filter((each) => each["id"] !== id);
  const connections = listOf(document, "connections").filter(
    (each) => !["fromId", "toId"].some((end) => textOf(each[end]) === id),
  );
  return { ...withPipelines(document, gateway, left), connections };
}
