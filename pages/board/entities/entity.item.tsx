import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { EntityRow } from "./entity.rows.ts";
import { PodsList } from "./pods.list.tsx";
import { StateBadge } from "./state.badge.tsx";
import { entityState } from "./state.words.ts";

/** One gateway or function: what it is called, how it does, what can be done with it, and its pods. */
export function EntityItem(props: { row: EntityRow; actions: ReactNode; onOpenPod: (pod: string) => void }) {
  const { row, actions, onOpenPod } = props;
  const { name, about, isSaved, running, deployed } = row;
  return (
    <li className="entity">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600} component="span" className="breakable">
            {name}
          </Text>
          <StateBadge state={entityState(running)} />
          {!isSaved && (
            <Text size="xs" c="dimmed" component="span">
              not in the saved project
            </Text>
          )}
        </Group>
        <Group gap={6}>{actions}</Group>
      </Group>
      {deployed !== undefined && deployed.observed.hosts.length > 0 && (
        <Text size="xs" ff="monospace" className="breakable">
          {deployed.observed.hosts.join(", ")}
        </Text>
      )}
      {about && (
        <Text size="xs" c="dimmed" className="breakable">
          {about}
        </Text>
      )}
      {running?.reason && <Text size="sm">{running.reason}</Text>}
      {deployed && (
        <Text size="sm" c="dimmed" className="breakable">
          {deployed.isPaused ? "Left alone for now. " : ""}
          {deployed.summary}
          {deployed.observed.podsWanted !== null &&
            ` (${deployed.observed.podsReady ?? 0} of ${deployed.observed.podsWanted} pods)`}
        </Text>
      )}
      <PodsList pods={running?.pods ?? []} of={name} onOpen={onOpenPod} />
    </li>
  );
}
