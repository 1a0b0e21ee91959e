import { Stack, Text } from "@mantine/core";
import type { BoardPodDetailsQuery } from "@sett/client";
import { Age } from "../words/age.tsx";
import { Empty } from "../words/empty.note.tsx";

type PodEvent = NonNullable<NonNullable<BoardPodDetailsQuery["pod"]>["events"]>[number];

/** What the cluster says has happened to a pod, the newest first. */
export function PodEvents({ events }: { events: readonly PodEvent[] }) {
  if (events.length === 0) return <Empty>The cluster remembers nothing of it.</Empty>;
  return (
    <Stack component="ul" gap="xs" className="entities">
      {events.map(({ type, reason, message, count, lastSeen }) => (
        <li key={`${reason} ${message}`}>
          <Text size="sm">
            <strong>{reason}</strong>
            {type === "Warning" ? " (warning)" : ""}
            {count > 1 ? `, ${count} times` : ""}
          </Text>
          <Text size="sm" className="breakable">
            {message}
          </Text>
          {lastSeen !== null && (
            <Text size="xs" c="dimmed">
              <Age since={lastSeen} suffix=" ago" />
            </Text>
          )}
        </li>
      ))}
    </Stack>
  );
}
