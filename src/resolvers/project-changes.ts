import type { SignedIn } from "../context.ts";
import { SettError, StillUnderway, UpstreamUnavailable } from "../errors.ts";
import { namedEntities } from "../live/change.entities.ts";
import { projectTopic, type ChangeAudience, type ProjectChangeKind } from "../live/live-events.ts";
import { isOfFunctions } from "../live/pod.kind.ts";
import type { FunctionsGrant, PodGrant, ProjectGrant, RepositoryGrant } from "../permissions/grant.ts";

/** A change that a caller makes. */
export interface Change {
  readonly kind: ProjectChangeKind;
  /** What was changed, such as `models/Car`. */
  readonly entities?: readonly string[];
  readonly revision?: string;
}

/**
 * Tells those who watch a project, once, that its caller has changed it, and whoever makes it run. Who that caller is, is
 * only looked up for somebody.
 */
function tell(
  { services: { hub, actualizer }, lookups }: SignedIn,
  environments: readonly { producer: string; env: string }[],
  { kind, entities = [], revision }: Change,
  audience: ChangeAudience,
): void {
  for (const producer of new Set(environments.map((each) => each.producer))) actualizer.hint(producer);
  const heard = environments.filter((each) => hub.isHeard("projectChanged", projectTopic(each)));
  if (heard.length === 0) return;
  const publish = (by: string | undefined) => {
    for (const { producer, env } of heard) {
      hub.publish("projectChanged", projectTopic({ producer, env }), {
        producer,
        env,
        audience,
        by,
        kind,
        ...namedEntities(entities),
        revision,
        push: undefined,
      });
    }
  };
  void lookups.viewer("recent").then(
    ({ login }) => publish(login),
    () => publish(undefined),
  );
}

/** Tells those who watch a project that its caller has just changed it. */
export function announce(context: SignedIn, { producer, env }: ProjectGrant, change: Change): void {
  tell(context, [{ producer, env }], change, "project");
}

/** Tells those who watch a project of the producer's, and may read its functions, that functions were changed. */
export function announceFunctions(
  context: SignedIn,
  { producer, env }: FunctionsGrant,
  names: readonly string[],
): void {
  // One repository keeps the functions of all environments that every producer has.
  const sharing = context.names.isStatic(env) ? context.names.environments : [env];
  const environments = sharing.map((each) => ({ producer, env: each }));
  const entities = names.map((name) => `functions/${name}`);
  tell(context, environments, { kind: "FUNCTIONS", entities }, "functions");
}

/** Tells those who may know of a pod that its caller has had it replaced. */
export function announceRestart(context: SignedIn, { producer, env, kind }: PodGrant): void {
  const ofProject = kind === "GATEWAY" ? "GATEWAYS" : "WORKSPACE";
  if (isOfFunctions(kind)) tell(context, [{ producer, env }], { kind: "FUNCTIONS" }, "functions");
  else tell(context, [{ producer, env }], { kind: ofProject }, "project");
}

/** Tells of a commit that the caller has just made, if the repository is one of a producer's. */
export function announceCommit(
  { services, names }: SignedIn,
  { owner, name }: RepositoryGrant,
  { branch, commit }: { branch: string; commit: string },
): void {
  const producer = names.producerOf(owner);
  if (producer === undefined) return;
  services.changes.pushed({
    producer,
    repository: name,
    branch,
    before: undefined,
    after: commit,
    by: undefined,
    isExternal: true,
  });
}

const isReport = (step: unknown): step is { outcome: unknown } =>
  typeof step === "object" && step !== null && "outcome" in step;

/** Whether something may have been changed by a write that failed: not where all of it was refused, or undone. */
function mayHaveChanged(error: unknown): boolean {
  if (!(error instanceof SettError)) return false;
  const { steps } = error.extensions;
  if (!Array.isArray(steps)) return error instanceof StillUnderway || error instanceof UpstreamUnavailable;
  return steps.some((step) => isReport(step) && (step.outcome === "DONE" || step.outcome === "LEFT"));
}

/** What comes of a write, once it was told of: also where it failed, and may have left something behind. */
export async function told<Result>(
  write: Promise<Result>,
  tellOf: (result: Result | undefined) => void,
): Promise<Result> {
  try {
    const result = await write;
    tellOf(result);
    return result;
  } catch (error) {
    if (mayHaveChanged(error)) tellOf(undefined);
    throw error;
  }
}
