import { listOf, textOf } from "../workspace/document/document.reader.ts";
import type { Json, JsonObject } from "../workspace/json.ts";
import { isObject } from "../workspace/merge/json.kinds.ts";

/** A policy taken out of the object whose one key, besides an id, is the kind of policy. */
export interface ReadPolicy {
  readonly id: string | undefined;
  readonly name: string;
  readonly steps: readonly JsonObject[];
}

/** A pipeline's policies, saved or running, in order. */
export function policiesOf(pipeline: JsonObject): readonly ReadPolicy[] {
  return listOf(pipeline, "policies").map((item) => {
    const [name, value] = Object.entries(item).find(([field]) => field !== "id") ?? ["", []];
    const steps = isObject(value) ? [value] : listOf(item, name);
    return { id: textOf(item["id"]), name, steps };
  });
}

/** A reference as the gateway reads it, to whom a number is a text as well. */
const referenceOf = (value: Json | undefined) =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : textOf(value);

/** Where steps of a pipeline's policies say that requests go to. */
export function proxyTargets(
  pipeline: JsonObject,
): readonly { readonly place: string; readonly target: string }[] {
  return policiesOf(pipeline).flatMap(({ name, steps }, policy) =>
    steps.flatMap(({ action }, step) => {
      const target =
        name === "proxy" && isObject(action) ? referenceOf(action["serviceEndpoint"]) : undefined;
      if (target === undefined) return [];
      return [{ place: `policies.${policy}.steps.${step}.action.serviceEndpoint`, target }];
    }),
  );
}
