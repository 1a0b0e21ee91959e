import { z } from "zod";
import { variableBounds } from "../../variable.rule.ts";
import {
  environmentName,
  placeParts,
  producerName,
  repositoryShape,
  resourceShape,
  rule,
  statusParts,
} from "./resource.parts.ts";
import { ageColumn, conditionColumn, placeColumns, type ResourceKind } from "./resource.kind.ts";

const spec = z
  .object({
    producer: producerName,
    env: environmentName,
    repository: repositoryShape.meta({ description: "The project." }),
    functionsRepository: repositoryShape.meta({ description: "The producer's functions." }),
    enabled: z.boolean().meta({ description: "Whether anything of it is to run." }),
    autoGateway: z
      .boolean()
      .meta({ description: "Whether a gateway serves the running project's whole API." })
      .optional(),
    variables: z
      .record(z.string(), z.string().max(variableBounds.value))
      .meta({
        description: "What the project is told in its environment.",
        maxProperties: variableBounds.count,
      })
      .optional(),
    source: z
      .object({
        commit: z
          .string()
          .regex(/^[0-9a-f]{7,64}$/)
          .optional(),
        documentHash: z
          .string()
          .regex(/^[0-9a-f]{16}$/)
          .optional(),
      })
      .meta({ description: "What was read when this was written." }),
  })
  .meta({
    "x-kubernetes-validations": [
      rule("self.producer == oldSelf.producer", "the producer cannot be changed"),
      rule("self.env == oldSelf.env", "the environment cannot be changed"),
    ],
  });

const status = z.object({ ...statusParts, ...placeParts });

/** A producer's environment, called `<producer>-<env>`: its workspace and its sls-api. */
export const workspaceKind = {
  kind: "Workspace",
  plural: "workspaces",
  singular: "workspace",
  shortNames: ["lbws"],
  about: "A producer's environment: what runs its project and keeps its functions.",
  spec,
  status,
  rules: [
    rule(
      "self.metadata.name == self.spec.producer + '-' + self.spec.env",
      "the name must be <producer>-<env>",
    ),
  ],
  columns: [
    ...placeColumns,
    { name: "Enabled", type: "boolean", jsonPath: ".spec.enabled" },
    conditionColumn("Ready"),
    ageColumn,
  ],
} satisfies ResourceKind;

export const workspaceShape = resourceShape("Workspace", spec, status);

export type WorkspaceResource = z.infer<typeof workspaceShape>;
