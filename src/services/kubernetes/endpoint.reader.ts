import { z } from "zod";
import { readWorkload, type Workload } from "./workload.labels.ts";

/** Some of the pods that stand behind a service. */
export interface EndpointRecord extends Pick<Workload, "producer" | "env"> {
  readonly uid: string;
  /** The uids of those that answer, in order. */
  readonly serving: readonly string[];
}

const flag = z.boolean().nullish();

const sliceShape = z.object({
  metadata: z.object({
    uid: z.string(),
    name: z.string(),
    labels: z.record(z.string(), z.string()).nullish(),
  }),
  endpoints: z
    .array(
      z.object({
        conditions: z.object({ ready: flag, serving: flag }).nullish(),
        targetRef: z.object({ kind: z.string().nullish(), uid: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
});

/** What is kept of an EndpointSlice; undefined for one that is not the platform's or does not say whose it is. */
export function readEndpoints(object: unknown): EndpointRecord | undefined {
  const { metadata, endpoints } = sliceShape.parse(object);
  const workload = readWorkload({ name: metadata.name, labels: metadata.labels ?? {} });
  if (!workload) return undefined;
  const { producer, env } = workload;
  const serving = (endpoints ?? []).flatMap(({ conditions, targetRef }) => {
    // A pod that is being stopped is no longer ready, but answers all the same; what is not said counts as yes.
    const answers = conditions?.serving ?? conditions?.ready ?? true;
    return answers && targetRef?.kind === "Pod" && targetRef.uid ? [targetRef.uid] : [];
  });
  return { uid: metadata.uid, producer, env, serving: serving.sort() };
}
