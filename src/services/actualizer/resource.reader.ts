import { z } from "zod";
import { resourceAnnotations, type CustomKind } from "./resource.names.ts";
import type { ResourceRecord } from "./resource.record.ts";

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const texts = z.array(z.string()).optional().catch(undefined);

const condition = z.object({
  type: z.string(),
  status: z.enum(["True", "False", "Unknown"]),
  reason: z.string().catch(""),
  message: z.string().catch(""),
  lastTransitionTime: z.string().catch(""),
});

/** Only what is kept; what the actualizer says besides, or will say one day, is nothing to stumble over. */
const shape = z.object({
  metadata: z.object({
    name: z.string(),
    generation: z.number().catch(0),
    deletionTimestamp: text,
    annotations: z.record(z.string(), z.string()).optional().catch(undefined),
  }),
  spec: z.object({
    producer: text,
    env: text,
    name: text,
    id: text,
    instance: text,
    enabled: flag,
    running: flag,
    paused: flag,
    revision: text,
    source: z
      .union([z.string(), z.object({ commit: text })])
      .optional()
      .catch(undefined),
  }),
  status: z
    .object({
      observedGeneration: z.number().catch(0),
      revision: text,
      source: text,
      request: text,
      outcome: z.object({ state: text }).optional().catch(undefined),
      config: text,
      hosts: texts,
      images: texts,
      conditions: z.array(condition).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** Reads what is kept of a resource of a kind. */
export function readResource(kind: CustomKind, object: unknown): ResourceRecord {
  const { metadata, spec, status } = shape.parse(object);
  const { name: objectName, annotations, generation } = metadata;
  const isProducer = kind === "PRODUCER";
  const { producer = isProducer ? objectName : "", env = "", source } = spec;
  const saved = typeof source === "object" ? source.commit : source;
  return {
    kind,
    object: objectName,
    producer,
    env,
    name: spec.name ?? (isProducer ? producer : "workspace"),
    entityId: spec.id,
    instance: spec.instance,
    isEnabled: spec.enabled ?? true,
    isWanted: kind === "FUNCTION" ? spec.running : undefined,
    revision: kind === "WORKSPACE" ? saved : spec.revision,
    saved: kind === "FUNCTION" ? saved : undefined,
    generation,
    observed: status?.observedGeneration ?? 0,
    applied: status?.revision,
    appliedSource: status?.source,
    configuration: status?.config,
    hosts: status?.hosts ?? [],
    images: status?.images ?? [],
    conditions: (status?.conditions ?? []).map(({ lastTransitionTime: since, ...rest }) => ({
      ...rest,
      since,
    })),
    answered: kind === "FUNCTION" ? [status?.request, status?.outcome?.state].join(" ") : undefined,
    isPaused: spec.paused === true || annotations?.[resourceAnnotations.paused] === "true",
    isLeaving: metadata.deletionTimestamp !== undefined,
  };
}
