import type { Fields } from "./json.fields.ts";
import { configSchemas } from "./schemas/config.schemas.ts";
import { conditionSchemas } from "./schemas/condition.schemas.ts";
import { modelSchemas } from "./schemas/model.schemas.ts";
import { requestPolicySchemas } from "./schemas/policy-request.schemas.ts";
import { tokenPolicySchemas } from "./schemas/policy-token.schemas.ts";
import { trafficPolicySchemas } from "./schemas/policy-traffic.schemas.ts";

/** A JSON schema with the kind of thing that it describes. */
export interface RegisteredSchema {
  readonly type: string;
  readonly schema: Readonly<Fields> & { readonly $id: string };
}

const registered: readonly RegisteredSchema[] = [
  ...configSchemas,
  ...modelSchemas,
  ...requestPolicySchemas,
  ...tokenPolicySchemas,
  ...trafficPolicySchemas,
  ...conditionSchemas,
];

const schemas: ReadonlyMap<string, RegisteredSchema["schema"]> = new Map(
  registered.map(({ schema }) => [schema.$id, schema]),
);

const policyPath = "http://express-gateway.io/schemas/policies/";

/** The schema of that id. */
export function schemaOf(id: string): RegisteredSchema["schema"] | undefined {
  return schemas.get(id);
}

/** The schema of a policy's parameters. */
export function policySchemaOf(policy: string): RegisteredSchema["schema"] | undefined {
  const found = registered.find(
    ({ type, schema }) => type === "policy" && schema.$id === `${policyPath}${policy}.json`,
  );
  return found?.schema;
}

/** What is answered about schemas: the one of an id, those of a type, or all. */
export function foundSchemas(param: string | undefined): unknown {
  const schema = param === undefined ? undefined : schemas.get(param);
  if (schema !== undefined) return { schema };
  return registered.filter(({ type }) => param === undefined || type === param);
}

/** The names of all policies. */
export const policyNames: readonly string[] = registered
  .filter(({ type }) => type === "policy")
  .map(({ schema }) => schema.$id.slice(policyPath.length, -".json".length));
