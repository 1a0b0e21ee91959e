import { Anchor, Group, Text } from "@mantine/core";
import { Age } from "../words/age.tsx";
import type { Pod } from "../project/project.types.ts";
import { counted } from "./entity.rows.ts";
import { StateBadge } from "./state.badge.tsx";
import { podState } from "./state.words.ts";

/** The pods of one thing; each opens what it writes and what has happened to it. */
export function PodsList(props: { pods: readonly Pod[]; of: string; onOpen: (pod: string) => void }) {
  const { pods, of, onOpen } = props;
  if (pods.length === 0) return null;
  return (
    <ul className="pods" aria-label={`Pods of ${of}`}>
      {pods.map((pod) => (
        <li key={pod.id}>
          <Group gap="xs" wrap="wrap">
            <StateBadge state={podState(pod)} />
            <Anchor
              component="button"
              type="button"
              size="sm"
              ff="monospace"
              className="pod-name"
              aria-label={`Logs and events of pod ${pod.name}`}
              aria-haspopup="dialog"
              onClick={() => onOpen(pod.id)}
            >
              {pod.name}
            </Anchor>
            <Text size="xs" c="dimmed" component="span">
              {counted(pod.restarts, "restart")}
              {pod.createdAt !== null && (
                <>
                  {" · "}
                  <Age since={pod.createdAt} suffix=" old" />
                </>
              )}
            </Text>
          </Group>
        </li>
      ))}
    </ul>
  );
}
