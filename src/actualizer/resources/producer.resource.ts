import { z } from "zod";
import { loginName, resourceShape, rule, statusParts } from "./resource.parts.ts";
import { ageColumn, conditionColumn, type ResourceKind } from "./resource.kind.ts";

const spec = z.object({
  login: loginName,
  paused: z.boolean().meta({ description: "Whether all that is its stays as it is." }).optional(),
});

const status = z.object(statusParts);

/** A producer, called as it is: everything of its own belongs to this, and goes with it. */
export const producerKind = {
  kind: "Producer",
  plural: "producers",
  singular: "producer",
  shortNames: ["prod"],
  about: "A LunchBadger user: somebody for whom the platform runs things.",
  spec,
  status,
  rules: [
    rule("self.metadata.name.matches('^[a-z0-9]+(-[a-z0-9]+)*$')", "the name must be that of a producer"),
    rule("size(self.metadata.name) <= 30", "the name must have at most 30 characters"),
  ],
  columns: [
    { name: "Login", type: "string", jsonPath: ".spec.login" },
    { name: "Paused", type: "boolean", jsonPath: ".spec.paused" },
    conditionColumn("Ready"),
    ageColumn,
  ],
} satisfies ResourceKind;

export const producerShape = resourceShape("Producer", spec, status);

export type ProducerResource = z.infer<typeof producerShape>;
