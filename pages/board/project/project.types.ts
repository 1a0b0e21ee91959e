import type {
  BoardChangesSubscription,
  BoardDeploymentsSubscription,
  BoardEntityFragment,
  BoardPodFragment,
  BoardPresenceSubscription,
  BoardProjectQuery,
  BoardStatusSubscription,
  BoardWorkspaceSubscription,
} from "@sett/client";

/** What the board is told, under the names that it uses. */
export type Project = NonNullable<BoardProjectQuery["project"]>;
export type Status = BoardStatusSubscription["projectStatus"];
export type LiveWorkspace = BoardWorkspaceSubscription["workspaceStatus"];
export type Deployments = BoardDeploymentsSubscription["projectDeployments"];
export type Deployed = Deployments["resources"][number];
export type Presence = BoardPresenceSubscription["presence"];
export type Change = BoardChangesSubscription["projectChanged"];
export type RunningEntity = BoardEntityFragment;
export type Pod = BoardPodFragment;
