import { stringify } from "yaml";
import type { JsonObject } from "../../services/workspace/json.ts";
import { resourceGroup, resourceVersion } from "./resource.parts.ts";
import type { ResourceKind } from "./resource.kind.ts";
import { resourceKinds } from "./resources.ts";
import { structuralSchema } from "./structural.schema.ts";

const json = (value: unknown) => value as JsonObject;

/** What tells the cluster of a kind of resource. */
export function definitionOf(resource: ResourceKind): JsonObject {
  const { kind, plural, singular, shortNames, about, rules, columns } = resource;
  const schema = {
    type: "object",
    description: about,
    required: ["metadata", "spec"],
    properties: {
      apiVersion: { type: "string" },
      kind: { type: "string" },
      metadata: { type: "object" },
      spec: structuralSchema(resource.spec, `${kind}.spec`),
      status: structuralSchema(resource.status, `${kind}.status`),
    },
    "x-kubernetes-validations": rules,
  };
  const version = {
    name: resourceVersion,
    served: true,
    storage: true,
    schema: { openAPIV3Schema: schema },
    subresources: { status: {} },
    additionalPrinterColumns: columns,
  };
  return json({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${resourceGroup}` },
    spec: {
      group: resourceGroup,
      scope: "Namespaced",
      names: { kind, plural, singular, listKind: `${kind}List`, shortNames, categories: ["sett"] },
      versions: [version],
    },
  });
}

/** The files that tell the cluster of all kinds of resources, by their paths. */
export function definitionFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    resourceKinds.map((resource) => [
      `deploy/chart/crds/${resource.plural}.${resourceGroup}.yaml`,
      `# Made from src/actualizer/resources by npm run codegen.\n${stringify(definitionOf(resource), { aliasDuplicateObjects: false })}`,
    ]),
  );
}
