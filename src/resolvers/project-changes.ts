import type { SignedIn } from "../context.ts";
import { projectTopic, type ProjectChangeKind } from "../live/live-events.ts";
import type { ProjectGrant } from "../permissions/grant.ts";

interface Change {
  readonly kind: ProjectChangeKind;
  /** What was changed, such as `models/Car`. */
  readonly entities?: readonly string[];
  readonly revision?: string;
}

/** Tells those who watch a project that its caller has just changed it. Who that is, is only looked up for somebody. */
export function announce(
  { services: { hub }, lookups }: SignedIn,
  { producer, env }: ProjectGrant,
  { kind, entities = [], revision }: Change,
): void {
  const topic = projectTopic({ producer, env });
  if (!hub.isHeard("projectChanged", topic)) return;
  const publish = (by: string | undefined) =>
    hub.publish("projectChanged", topic, { producer, env, by, kind, entities, revision });
  void lookups.viewer("recent").then(
    ({ login }) => publish(login),
    () => publish(undefined),
  );
}
