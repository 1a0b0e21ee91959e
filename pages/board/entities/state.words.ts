import type { LiveWorkspace, Pod, RunningEntity } from "../project/project.types.ts";

/** How something does, in a word, and how that word looks; the look never says more than the word. */
export interface StateWord {
  readonly word: string;
  readonly tone: "good" | "busy" | "bad" | "quiet";
}

export const notRunning: StateWord = { word: "not running", tone: "quiet" };

export function entityState(entity: RunningEntity | null | undefined): StateWord {
  if (!entity) return notRunning;
  if (entity.failed) return { word: "failing", tone: "bad" };
  if (entity.deploying) return { word: "deploying", tone: "busy" };
  if (entity.ready) return { word: "ready", tone: "good" };
  return entity.running ? { word: "starting", tone: "busy" } : notRunning;
}

export function podState({ phase, ready, reason, stopping, containers }: Pod): StateWord {
  if (stopping) return { word: "stopping", tone: "busy" };
  if (ready) return { word: "ready", tone: "good" };
  const why = reason ?? containers.find((container) => container.reason !== null)?.reason;
  if (phase === "FAILED" || /BackOff|Error|OOM/i.test(why ?? ""))
    return { word: why ?? "failed", tone: "bad" };
  return { word: why ?? phase.toLowerCase(), tone: phase === "SUCCEEDED" ? "quiet" : "busy" };
}

const workspaceWords: Record<NonNullable<LiveWorkspace["workspace"]>["status"], StateWord> = {
  RUNNING: { word: "running", tone: "good" },
  INSTALLING: { word: "installing", tone: "busy" },
  CRASHED: { word: "crashed", tone: "bad" },
  UNKNOWN: { word: "unknown", tone: "quiet" },
};

export function workspaceState(workspace: LiveWorkspace["workspace"] | undefined): StateWord {
  return workspace ? workspaceWords[workspace.status] : { word: "not heard yet", tone: "quiet" };
}
