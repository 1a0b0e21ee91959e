import {
  BoardDeploymentsDocument,
  BoardPresenceDocument,
  BoardStatusDocument,
  BoardWorkspaceDocument,
  Forbidden,
  NotFound,
  RateLimited,
  Unauthenticated,
  UpstreamUnavailable,
} from "@sett/client";
import { useSettSubscription } from "@sett/client/react";
import { useEffect } from "react";
import { lookAgain } from "../../identity/identity.store.ts";
import type { Place } from "../address.state.ts";
import { useChanges } from "./use-changes.ts";

/** Listens to all that a project's page shows live; each stream tells first how it is. */
export function useProjectStreams(place: Place, onChange: () => void) {
  const { stream: changed, changes } = useChanges(place, onChange);
  const presence = useSettSubscription(BoardPresenceDocument, place);
  const status = useSettSubscription(BoardStatusDocument, place);
  const workspace = useSettSubscription(BoardWorkspaceDocument, place);
  const deployments = useSettSubscription(BoardDeploymentsDocument, place);
  const streams = [changed, presence, status, workspace, deployments];
  const isInterrupted = streams.some(({ state, error }) => state === "reconnecting" && !isOfAService(error));
  // What let one in may have become another's in the meantime.
  useEffect(() => (isInterrupted ? lookAgain : undefined), [isInterrupted]);
  return {
    changes,
    presence: presence.data?.presence,
    status: { ...status, data: status.data?.projectStatus },
    workspace: { ...workspace, data: workspace.data?.workspaceStatus },
    deployments: { ...deployments, data: deployments.data?.projectDeployments },
    /** Why the streams have ended for good, if they have: the right is gone, or who one was. */
    ended: streams.find(({ state, error }) => state === "ended" && isRefusal(error))?.error,
    isInterrupted,
  };
}

/** Whether the gateway is there and something behind it is not: then that part alone is to say so. */
function isOfAService(error: unknown): boolean {
  return error instanceof UpstreamUnavailable || error instanceof RateLimited;
}

/** Whether somebody may not look any more, which no waiting mends. */
export function isRefusal(error: unknown): boolean {
  return error instanceof NotFound || error instanceof Forbidden || error instanceof Unauthenticated;
}
