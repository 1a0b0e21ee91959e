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
const request = z.string().min(1).max(100);

/** What came of what was done last: a request is told apart by this from the next. */
const outcome = z.object({
  kind: z.enum(["DEPLOY", "UNDEPLOY"]).meta({ description: "Whether it was deployed or taken back." }),
  state: z
    .enum(["RUNNING", "SUCCEEDED", "FAILED", "UNKNOWN", "CANCELLED"])
    .meta({ description: "How far that is." }),
  reason: z.string().max(1000).meta({ description: "Why it came to nothing, for people." }).optional(),
  at: z.string().meta({ format: "date-time", description: "Since when that is so." }),
});

const spec = z
  .object({
    producer: producerName,
    env: environmentName,
    name: functionName,
    enabled: z
      .boolean()
      .meta({ description: "Whether anything of its project is to run; it is unless said otherwise." })
      .optional(),
    source: revision.meta({ description: "Which state of it is saved." }).optional(),
    running: z
      .boolean()
      .meta({ description: "Whether people want it to run; what runs stays while nobody has said." })
      .optional(),
    revision: revision.meta({ description: "Which state of it people have meant." }).optional(),
    request: request
      .meta({
        description: "What people have asked for last: another one is done, though all else is the same.",
      })
      .optional(),
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
  request: request.meta({ description: "What was asked for when something was done last." }).optional(),
  revision: revision.meta({ description: "Which state of it was deployed last." }).optional(),
  source: revision.meta({ description: "Which state of it was saved when it was deployed last." }).optional(),
  outcome: outcome.optional(),
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

export type FunctionOutcome = z.infer<typeof outcome>;
