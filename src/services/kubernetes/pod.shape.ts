import { z } from "zod";

/** The cluster leaves out what is empty and now and then writes null. */
const text = z.string().nullish();

const stateShape = z.object({
  waiting: z.object({ reason: text }).nullish(),
  running: z.object({ startedAt: text }).nullish(),
  terminated: z.object({ reason: text, exitCode: z.number(), startedAt: text, finishedAt: text }).nullish(),
});

const containerStatusShape = z.object({
  name: z.string(),
  ready: z.boolean().nullish(),
  restartCount: z.number().nullish(),
  state: stateShape.nullish(),
  lastState: stateShape.nullish(),
});

const namedShape = z.object({ name: z.string() });

/** The little of a pod that is read. */
export const podShape = z.object({
  metadata: z.object({
    uid: z.string(),
    name: z.string(),
    labels: z.record(z.string(), z.string()).nullish(),
    creationTimestamp: text,
    deletionTimestamp: text,
  }),
  spec: z
    .object({
      containers: z.array(namedShape).nullish(),
      initContainers: z.array(namedShape).nullish(),
    })
    .nullish(),
  status: z
    .object({
      phase: text,
      reason: text,
      startTime: text,
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
      containerStatuses: z.array(containerStatusShape).nullish(),
      initContainerStatuses: z.array(containerStatusShape).nullish(),
    })
    .nullish(),
});

export type RawPod = z.infer<typeof podShape>;
export type RawContainerStatus = z.infer<typeof containerStatusShape>;
export type RawState = z.infer<typeof stateShape>;
