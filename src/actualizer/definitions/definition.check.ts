import { z } from "zod";
import type { ClusterConnection } from "../../services/kubernetes/cluster.connection.ts";
import { ClusterRefusal } from "../../services/kubernetes/cluster.errors.ts";
import type { Json, JsonObject } from "../../services/workspace/json.ts";
import { isObject } from "../../services/workspace/merge/json.kinds.ts";
import { jsonObject } from "../../services/workspace/shapes.ts";
import { definitionOf } from "../resources/resource.definitions.ts";
import type { ResourceKind } from "../resources/resource.kind.ts";
import { resourceGroup, resourceVersion } from "../resources/resource.parts.ts";
import { resourceKinds } from "../resources/resources.ts";

const collection = ["apis", "apiextensions.k8s.io", "v1", "customresourcedefinitions"];
const timeoutMs = 15_000;

const definitionShape = z.looseObject({
  spec: z.looseObject({
    versions: z.array(
      z.looseObject({
        name: z.string(),
        served: z.boolean(),
        schema: z.looseObject({ openAPIV3Schema: jsonObject }).nullish(),
      }),
    ),
  }),
  status: z
    .looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).nullish() })
    .nullish(),
});

/** The places of fields that a schema has and another has not: those that the cluster would drop. */
function missingIn(known: Json | undefined, wanted: Json | undefined, place: string): readonly string[] {
  if (!isObject(wanted)) return [];
  if (!isObject(known)) return [place];
  // Whatever is in it is kept.
  if (known["x-kubernetes-preserve-unknown-fields"] === true) return [];
  const [has, needs] = [known["properties"], wanted["properties"]];
  const own = Object.entries(isObject(needs) ? needs : {}).flatMap(([field, schema]) =>
    missingIn(isObject(has) ? has[field] : undefined, schema, place === "" ? field : `${place}.${field}`),
  );
  return [...own, ...("items" in wanted ? missingIn(known["items"], wanted["items"], `${place}[]`) : [])];
}

/** What is wrong with a definition that is on the cluster, in words; undefined where it does. */
export function definitionProblem(resource: ResourceKind, found: unknown): string | undefined {
  const name = `${resource.plural}.${resourceGroup}`;
  const { data } = definitionShape.safeParse(found);
  const version = data?.spec.versions.find((each) => each.name === resourceVersion && each.served);
  if (!data || !version) return `${name} does not serve ${resourceVersion}`;
  const isEstablished = data.status?.conditions?.some(
    ({ type, status }) => type === "Established" && status === "True",
  );
  if (isEstablished !== true) return `${name} is not served yet`;
  const wanted = definitionShape.parse({ ...definitionOf(resource), status: null }).spec.versions[0];
  const missing = missingIn(version.schema?.openAPIV3Schema, wanted?.schema?.openAPIV3Schema, "");
  return missing.length > 0 ? `${name} is too old: it does not know ${missing.join(", ")}` : undefined;
}

/** Looks at the definitions that the cluster has of the custom resources. */
export interface DefinitionCheck {
  /** What is wrong, in words; nothing where all are as new as is needed. Throws where that cannot be told. */
  readonly problems: () => Promise<readonly string[]>;
  /** Makes the cluster's what ours are. */
  readonly apply: () => Promise<void>;
}

export function createDefinitionCheck(connection: Pick<ClusterConnection, "ask">): DefinitionCheck {
  const nameOf = ({ plural }: ResourceKind) => `${plural}.${resourceGroup}`;

  async function problemOf(resource: ResourceKind): Promise<string | undefined> {
    try {
      const text = await connection.ask({ path: [...collection, nameOf(resource)], timeoutMs });
      return definitionProblem(resource, JSON.parse(text));
    } catch (error) {
      if (error instanceof ClusterRefusal && error.status === 404) return `${nameOf(resource)} is missing`;
      throw error;
    }
  }

  const apply = (resource: ResourceKind) => {
    const definition: JsonObject = definitionOf(resource);
    return connection.ask({
      method: "PATCH",
      path: [...collection, nameOf(resource)],
      query: { fieldManager: "sett-actualizer", force: true },
      headers: { "content-type": "application/apply-patch+yaml" },
      body: JSON.stringify(definition),
      timeoutMs,
    });
  };

  return {
    problems: async () => (await Promise.all(resourceKinds.map(problemOf))).flatMap((each) => each ?? []),
    apply: async () => {
      await Promise.all(resourceKinds.map(apply));
    },
  };
}
