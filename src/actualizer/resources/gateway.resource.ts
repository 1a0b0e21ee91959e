import { z } from "zod";
import {
  entityId,
  environmentName,
  instanceName,
  openJson,
  placeParts,
  producerName,
  resourceShape,
  rule,
  statusParts,
} from "./resource.parts.ts";
import { ageColumn, conditionColumn, placeColumns, type ResourceKind } from "./resource.kind.ts";

const entryNames = z.array(z.string().max(200));

const spec = z
  .object({
    producer: producerName,
    env: environmentName,
    id: entityId,
    name: z.string().max(200).meta({ description: "What people call it." }),
    instance: instanceName,
    repositoryId: z
      .int()
      .min(1)
      .meta({
        description:
          "The id of the environment's repository, where somebody has made the environment: what its gateways keep in Redis is found by it, so that another environment of the same name begins with nothing.",
      })
      .optional(),
    configuration: openJson.meta({ description: "Its configuration, as Express Gateway takes it." }),
    order: z
      .object({ apiEndpoints: entryNames, pipelines: entryNames })
      .meta({
        description:
          "In which order Express Gateway is to have them, which counts: the cluster keeps none in the configuration.",
      })
      .optional(),
    system: openJson
      .meta({ description: "What of Express Gateway's system configuration is other than usual." })
      .optional(),
  })
  .meta({
    "x-kubernetes-validations": [
      rule("self.producer == oldSelf.producer", "the producer cannot be changed"),
      rule("self.env == oldSelf.env", "the environment cannot be changed"),
      rule("self.instance == oldSelf.instance", "the instance cannot be changed"),
    ],
  });

const status = z.object({
  ...statusParts,
  ...placeParts,
  config: z
    .string()
    .max(63)
    .meta({ description: "The hash of the configuration that was applied last." })
    .optional(),
});

/** A gateway of a project, called `<producer>-<env>-<instance>`. */
export const gatewayKind = {
  kind: "Gateway",
  plural: "gateways",
  singular: "gateway",
  shortNames: ["lbgw"],
  about: "An Express Gateway of a project.",
  spec,
  status,
  rules: [
    rule(
      "self.metadata.name == self.spec.producer + '-' + self.spec.env + '-' + self.spec.instance || self.metadata.name.contains('--')",
      "the name must be <producer>-<env>-<instance>, or that cut short",
    ),
  ],
  columns: [
    ...placeColumns,
    { name: "Gateway", type: "string", jsonPath: ".spec.name" },
    conditionColumn("Ready"),
    ageColumn,
  ],
} satisfies ResourceKind;

export const gatewayShape = resourceShape("Gateway", spec, status);

export type GatewayResource = z.infer<typeof gatewayShape>;
