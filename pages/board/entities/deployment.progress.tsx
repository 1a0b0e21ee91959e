import { Text } from "@mantine/core";
import { BoardDeploymentDocument, type DeploymentState } from "@sett/client";
import { useSettSubscription } from "@sett/client/react";

const words: Record<DeploymentState, string> = {
  QUEUED: "waits for its turn",
  RUNNING: "under way",
  SUCCEEDED: "done",
  FAILED: "failed",
  UNKNOWN: "nobody knows how it ended",
  CANCELLED: "called off",
};

/** How far a deployment has come, until it is over. */
export function DeploymentProgress({ id }: { id: string }) {
  const { data } = useSettSubscription(BoardDeploymentDocument, { id });
  if (data === undefined) return null;
  const { kind, state, reason } = data.deployment;
  return (
    <Text size="xs" c="dimmed" role="status" component="span">
      {kind === "DEPLOY" ? "Deployment" : "Undeployment"}: {words[state]}
      {reason === null ? "" : ` (${reason})`}
    </Text>
  );
}
