import { Arg, Resolver, Root, Subscription } from "type-graphql";
import type { Watching } from "../context.ts";
import { endingWith } from "../live/ending.ts";
import type { Delivery } from "../live/event.queue.ts";
import { isOfFunctions } from "../live/pod.kind.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { PodChange, toPodChange } from "../schema/pod-change.type.ts";
import { EnvironmentName, PodName, ProducerName } from "../schema/scalars.ts";
import type { PodChange as KeptChange } from "../services/kubernetes/pod.changes.ts";

/** What becomes of the pods of a project, as far as somebody may know of them at the moment. */
async function changesOf(
  { services: { cluster }, grant, lookFor }: Watching<ProjectGrant>,
  wanted: string | undefined,
) {
  await cluster.known();
  const { producer, env } = grant;
  const functions = await lookFor(
    { permission: "functions:read", value: { producer, env } },
    () => undefined,
  );
  try {
    const changes = cluster.followPods(
      grant,
      ({ name, kind }) =>
        (wanted === undefined || name === wanted) && (functions.held() || !isOfFunctions(kind)),
    );
    return endingWith(changes, functions);
  } catch (error) {
    functions.leave();
    throw error;
  }
}

@Resolver()
export class PodChangeResolver {
  @Subscription(() => PodChange, {
    description:
      "What becomes of the pods of a project from now on; of those of functions only for those who may read functions.",
    subscribe: ({ args, context }) => {
      const { name } = args as { name?: string | null };
      return changesOf(context as Watching<ProjectGrant>, name ?? undefined);
    },
  })
  @Can("project:read", { on: "args" })
  podChanged(
    @Granted() _grant: ProjectGrant,
    @Root() change: Delivery<KeptChange>,
    @Arg("producer", () => ProducerName, { description: "Whose project." }) _producer: string,
    @Arg("env", () => EnvironmentName, { defaultValue: "dev", description: "In which environment." })
    _env: string,
    @Arg("name", () => PodName, { nullable: true, description: "Of which pod only; of all when left out." })
    _name?: string | null,
  ): PodChange {
    return toPodChange(change);
  }
}
