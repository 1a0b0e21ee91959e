import { z } from "zod";
import { resourceApiVersion } from "../../services/actualizer/resource.names.ts";

export {
  resourceAnnotations,
  resourceApiVersion,
  resourceGroup,
  resourceVersion,
} from "../../services/actualizer/resource.names.ts";

/** Fields that the cluster's schemas know besides those of JSON schema. */
export const rule = (text: string, message: string) => ({ rule: text, message });

const named = (pattern: RegExp, longest: number, description: string) =>
  z.string().min(1).max(longest).regex(pattern).meta({ description });

/** A producer's name, which is a part of the names of everything that is its. */
export const producerName = named(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 30, "The producer.");

export const environmentName = named(/^[a-z][a-z0-9]*$/, 20, "The environment.");

export const instanceName = named(
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  15,
  "What the gateway is called in the names of hosts and objects.",
);

export const functionName = named(/^[A-Za-z_$][A-Za-z0-9_$]*$/, 100, "The function, as it is saved.");

export const loginName = named(
  /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/,
  40,
  "The Gitea user that the producer is.",
);

export const entityId = z.string().min(1).max(200).meta({ description: "The id on the canvas." });

/** A repository in Gitea. */
export const repositoryShape = z.object({
  owner: loginName,
  name: named(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/, 100, "The repository's name."),
  branch: named(/^[A-Za-z0-9_][A-Za-z0-9._/+-]*$/, 200, "The branch; the usual one if not said.").optional(),
});

export type RepositoryPlace = z.infer<typeof repositoryShape>;

/** JSON that the cluster keeps as it is. */
export const openJson = z
  .record(z.string(), z.unknown())
  .meta({ "x-kubernetes-preserve-unknown-fields": true });

const conditionShape = z.object({
  type: named(/^[A-Za-z][A-Za-z0-9]*$/, 63, "What it is about."),
  status: z.enum(["True", "False", "Unknown"]).meta({ description: "Whether it is so." }),
  reason: named(/^[A-Za-z][A-Za-z0-9]*$/, 63, "Why, in one word."),
  message: z.string().max(2000).meta({ description: "Why, for people." }),
  lastTransitionTime: z
    .string()
    .meta({ format: "date-time", description: "Since when it is so, or is not so." }),
  observedGeneration: z
    .int()
    .min(0)
    .meta({ format: "int64", description: "The generation that it was said of." })
    .optional(),
});

/** One thing that is, is not, or may be so of a resource. */
export type Condition = z.infer<typeof conditionShape>;

/** What the status of every resource tells. */
export const statusParts = {
  observedGeneration: z
    .int()
    .min(0)
    .meta({ format: "int64", description: "The generation that was worked on last." })
    .optional(),
  conditions: z
    .array(conditionShape)
    .meta({ "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["type"] })
    .optional(),
};

const places = (description: string) =>
  z.array(z.string().max(300)).max(100).meta({ description }).optional();

/** What the status of something that is served tells besides. */
export const placeParts = {
  hosts: places("The hosts that lead to what was applied last."),
  images: places("The images that it was given to run."),
};

const words = z.record(z.string(), z.string());

const ownerShape = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  uid: z.string(),
  controller: z.boolean().optional(),
  blockOwnerDeletion: z.boolean().optional(),
});

const metadataShape = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  generation: z.number().optional(),
  resourceVersion: z.string().optional(),
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  labels: words.optional(),
  annotations: words.optional(),
  finalizers: z.array(z.string()).optional(),
  ownerReferences: z.array(ownerShape).optional(),
});

/** A whole resource, as it is read from the cluster and sent there. */
export const resourceShape = <Kind extends string, Spec extends z.ZodObject, Status extends z.ZodObject>(
  kind: Kind,
  spec: Spec,
  status: Status,
) =>
  z.object({
    apiVersion: z.literal(resourceApiVersion),
    kind: z.literal(kind),
    metadata: metadataShape,
    spec,
    status: status.optional(),
  });
