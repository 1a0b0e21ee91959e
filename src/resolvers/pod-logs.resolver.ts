import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import type { SignedIn, Watching } from "../context.ts";
import { BadUserInput } from "../errors.ts";
import type { Delivery } from "../live/event.queue.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { PodGrant } from "../permissions/grant.ts";
import { PodEvent, toPodEvent } from "../schema/pod-event.type.ts";
import { PodLog, PodLogChunk, toPodLog, toPodLogChunk } from "../schema/pod-log.type.ts";
import { Pod } from "../schema/pod.type.ts";
import { LogPosition } from "../schema/scalars.ts";
import type { LogChunk } from "../services/kubernetes/logs/log.batch.ts";
import { mostLogLines } from "../services/kubernetes/logs/pod-logs.service.ts";

interface FollowArguments {
  readonly container?: string | null;
  readonly tailLines?: number | null;
  readonly sinceTime?: Date | null;
  readonly after?: string | null;
}

function checkTail(tailLines: number | null | undefined, least: number): void {
  if (tailLines == null || (tailLines >= least && tailLines <= mostLogLines)) return;
  const message = `must be a whole number from ${least} to ${mostLogLines}`;
  throw new BadUserInput([{ field: "tailLines", message }]);
}

const containerDescription = "Which container; the first that works when left out.";

/** What a pod has to say. */
@Resolver(() => Pod)
export class PodLogsResolver {
  @FieldResolver(() => PodLog, { nullable: true, description: "What one of its containers wrote." })
  @Can("pod:read", { on: "parent" })
  async logs(
    @Granted() grant: PodGrant,
    @Arg("container", () => String, { nullable: true, description: containerDescription })
    container: string | undefined | null,
    @Arg("tailLines", () => Int, {
      defaultValue: 200,
      description: `How many of the last lines, ${mostLogLines} at most.`,
    })
    tailLines: number,
    @Arg("sinceTime", () => GraphQLDateTime, {
      nullable: true,
      description: "Only lines that were written then or later.",
    })
    since: Date | undefined | null,
    @Arg("previous", () => Boolean, {
      defaultValue: false,
      description: "Whether what the container wrote before it was started again is meant.",
    })
    previous: boolean,
    @Ctx() { services }: SignedIn,
  ): Promise<PodLog> {
    checkTail(tailLines, 1);
    const question = { container: container ?? undefined, tailLines, since: since ?? undefined, previous };
    await services.cluster.known();
    return toPodLog(await services.podLogs.read(grant, question));
  }

  @FieldResolver(() => [PodEvent], {
    nullable: true,
    description: "What the cluster says has happened to it, the newest first, as far as it remembers.",
  })
  @Can("pod:read", { on: "parent" })
  async events(
    @Granted() grant: PodGrant,
    @Root() _pod: Pod,
    @Ctx() { services }: SignedIn,
  ): Promise<readonly PodEvent[]> {
    await services.cluster.known();
    return (await services.podEvents(grant)).map(toPodEvent);
  }

  @Subscription(() => PodLogChunk, {
    description:
      "What a container of a pod wrote last and goes on to write, through its restarts and until the pod is gone.",
    subscribe: async ({ args, context }) => {
      const { services, grant } = context as Watching<PodGrant>;
      const { container, tailLines, sinceTime, after } = args as FollowArguments;
      checkTail(tailLines, 0);
      const start = {
        tailLines: tailLines ?? undefined,
        since: sinceTime ?? undefined,
        after: after ?? undefined,
      };
      await services.cluster.known();
      return services.podLogs.follow(grant, container ?? undefined, start);
    },
  })
  @Can("pod:read", { on: "id" })
  podLogs(
    @Granted() _grant: PodGrant,
    @Root() chunk: Delivery<LogChunk>,
    @Arg("id", () => ID, { description: "The pod's id, as an earlier answer gave it." }) _id: string,
    @Arg("container", () => String, { nullable: true, description: containerDescription })
    _container: string | undefined | null,
    @Arg("tailLines", () => Int, {
      nullable: true,
      description: `With how many of the last lines to begin, ${mostLogLines} at most; 100 when nothing else is said.`,
    })
    _tailLines: number | undefined | null,
    @Arg("sinceTime", () => GraphQLDateTime, {
      nullable: true,
      description: "To begin with what was written then or later.",
    })
    _since: Date | undefined | null,
    @Arg("after", () => LogPosition, {
      nullable: true,
      description: "To go on after a line, by its position.",
    })
    _after: string | undefined | null,
  ): PodLogChunk {
    return toPodLogChunk(chunk);
  }
}
