import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Delivery } from "../live/event.queue.ts";
import type { PodChange as KeptChange } from "../services/kubernetes/pod.changes.ts";
import { Pod, toPod } from "./pod.type.ts";

/** What became of a pod. */
export enum PodChangeKind {
  ADDED = "ADDED",
  CHANGED = "CHANGED",
  REMOVED = "REMOVED",
}

registerEnumType(PodChangeKind, {
  name: "PodChangeKind",
  description: "What became of a pod.",
  valuesConfig: {
    ADDED: { description: "It is there." },
    CHANGED: { description: "It is otherwise than before." },
    REMOVED: { description: "It is gone; `pod` is as it was last." },
  },
});

@ObjectType("PodChange", { description: "What became of a pod.", simpleResolvers: true })
export class PodChange {
  @Field(() => PodChangeKind, { description: "What became of it." })
  kind!: PodChangeKind;

  @Field(() => Pod, { description: "The pod." })
  pod!: Pod;

  @Field(() => Int, {
    description:
      "How many changes before this one you were too slow for and will not be told of: read everything anew if there are any.",
  })
  missed!: number;
}

/** A change as the graph shows it. */
export function toPodChange({ event: { kind, item }, missed }: Delivery<KeptChange>): PodChange {
  return { kind: PodChangeKind[kind], pod: toPod(item), missed };
}
