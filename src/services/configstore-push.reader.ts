import { z } from "zod";
import type { PushHeard } from "../live/live-events.ts";
import type { PlatformNames } from "../permissions/platform-names.ts";
import { branchOf, commitOf, isCommit } from "./changes/git.reading.ts";
import { roleOf } from "./changes/producer.repository.ts";

const shape = z.object({
  type: z.literal("push"),
  ref: z.string(),
  before: z.string().refine(isCommit),
  after: z.string().refine(isCommit),
  namespace: z.string(),
  username: z.string(),
  repoName: z.string(),
  isExternal: z.boolean(),
});

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/**
 * A push as a producer's stream tells of it; undefined for what is none, or another producer's. Anybody who reaches
 * configstore can make one up, and of another producer whose name begins with this one's they look the same: Gitea
 * has to be asked about the commit.
 */
export function readStreamedPush(
  data: string,
  producer: string,
  names: PlatformNames,
): PushHeard | undefined {
  const push = shape.safeParse(parsed(data)).data;
  if (!push) return undefined;
  const branch = branchOf(push.ref);
  const isOurs = `${push.namespace}-${push.username}`.toLowerCase() === names.loginOf(producer).toLowerCase();
  if (branch === undefined || !isOurs || !roleOf(names, producer, push.repoName)) return undefined;
  return {
    producer,
    repository: push.repoName,
    branch,
    before: commitOf(push.before),
    after: commitOf(push.after),
    by: undefined,
    isExternal: push.isExternal,
  };
}
