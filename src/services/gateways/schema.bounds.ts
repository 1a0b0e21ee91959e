import type { Json } from "../workspace/json.ts";
import { isList, isObject } from "../workspace/merge/json.kinds.ts";
import type { GatewaySchema } from "./admin.client.ts";

/** Far more than the schemas of a gateway with all its policies come to, all references written out. */
const largestSchema = 20_000;

/**
 * Whether a gateway's schemas can be worked with. Who may write in a project may run code in its gateways, so what they
 * answer is not to be trusted with time: schemas that refer to each other in circles, or grow without end as references
 * are followed, are not used.
 */
export function areBounded(schemas: readonly GatewaySchema[]): boolean {
  const byId = new Map(schemas.map(({ schema }) => [schema.$id, schema]));
  const sizes = new Map<Json, number>();
  const open = new Set<Json>();

  const referred = (
    reference: string,
    root: GatewaySchema["schema"],
  ): [Json, GatewaySchema["schema"]] | undefined => {
    const [address = "", pointer = ""] = reference.split("#");
    const base =
      address === ""
        ? root
        : byId.get(URL.canParse(address, root.$id) ? new URL(address, root.$id).href : "");
    const steps = pointer.split("/").slice(1);
    const part = steps.reduce<Json | undefined>((at, step) => (isObject(at) ? at[step] : undefined), base);
    return part === undefined || base === undefined ? undefined : [part, base];
  };

  const sizeOf = (part: Json, root: GatewaySchema["schema"]): number => {
    if (!isObject(part) && !isList(part)) return 1;
    const known = sizes.get(part);
    if (known !== undefined) return known;
    if (open.has(part)) return Infinity;
    open.add(part);
    const reference = isObject(part) ? part["$ref"] : undefined;
    const target = typeof reference === "string" ? referred(reference, root) : undefined;
    const inner = Object.values(part).reduce<number>((sum, each) => sum + sizeOf(each, root), 1);
    const size = inner + (target ? sizeOf(...target) : 0);
    open.delete(part);
    sizes.set(part, size);
    return size;
  };

  return schemas.reduce((sum, { schema }) => sum + sizeOf(schema, schema), 0) <= largestSchema;
}
