import type { Watching } from "../context.ts";
import { createLatest, type Latest } from "../live/latest.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import type { Followed } from "../services/kubernetes/project.board.ts";

/** What is told of a project for as long as somebody listens; with its functions while he may read them. */
export async function latestFor<Told extends object>(
  { grant: { producer, env }, lookFor }: Watching<ProjectGrant>,
  follow: (onChange: () => void) => Followed<Told>,
): Promise<Latest<Told>> {
  let latest: Latest<Told> | undefined;
  const changed = () => latest?.changed();
  const followed = follow(changed);
  try {
    const functions = await lookFor({ permission: "functions:read", value: { producer, env } }, changed);
    latest = createLatest({
      read: () => followed.read(functions.held() ? "functions" : "project"),
      onEnd: () => {
        followed.leave();
        functions.leave();
      },
    });
    return latest;
  } catch (error) {
    followed.leave();
    throw error;
  }
}
