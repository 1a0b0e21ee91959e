import { z } from "zod";
import {
  environmentName,
  functionName,
  producerName,
  resourceShape,
  rule,
  statusParts,
} from "./resource.parts.ts";
import { ageColumn, conditionColumn, placeColumns, type ResourceKind } from "./resource.kind.ts";

const revision = z.string().min(1).max(100);

const spec = z
  .object({
    producer: producerName,
    env: environmentName,
    name: functionName,
    running: z.boolean().meta({ description: "Whether it is to run." }),
    revision: revision.meta({ description: "Which state of it is to run." }).optional(),
  })
  .meta({
    "x-kubernetes-validations": [
      rule("self.producer == oldSelf.producer", "the producer cannot be changed"),
      rule("self.env == oldSelf.env", "the environment cannot be changed"),
      rule("self.name == oldSelf.name", "the function cannot be changed"),
    ],
  });

const status = z.object({
  ...statusParts,
  revision: revision.meta({ description: "Which state of it was deployed last." }).optional(),
});

/** A function of a producer's, called `<producer>-<env>-<name>`, as far as that is a name on the cluster. */
export const functionKind = {
  kind: "Function",
  plural: "functions",
  singular: "function",
  shortNames: ["lbfn"],
  about: "A function of a producer's, which sls-api deploys and takes back.",
  spec,
  status,
  rules: [
    rule(
      "self.metadata.name.startsWith(self.spec.producer + '-' + self.spec.env + '-') || self.metadata.name.contains('--')",
      "the name must begin with <producer>-<env>-, or be that cut short",
    ),
  ],
  columns: [
    ...placeColumns,
    { name: "Function", type: "string", jsonPath: ".spec.name" },
    { name: "Running", type: "boolean", jsonPath: ".spec.running" },
    conditionColumn("Ready"),
    ageColumn,
  ],
} satisfies ResourceKind;

export const functionShape = resourceShape("Function", spec, status);

export type FunctionResource = z.infer<typeof functionShape>;
