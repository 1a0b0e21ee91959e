import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Section } from "../frame/section.tsx";
import { Empty } from "../words/empty.note.tsx";
import { TroubleNote } from "../words/trouble.note.tsx";
import { EntityItem } from "./entity.item.tsx";
import type { RunningEntity } from "../project/project.types.ts";
import type { EntityRow } from "./entity.rows.ts";
import { PodsList } from "./pods.list.tsx";
import { StateBadge } from "./state.badge.tsx";
import { entityState } from "./state.words.ts";

/** All gateways or all functions of a project. */
export function EntitiesCard(props: {
  title: string;
  rows: readonly EntityRow[];
  error: unknown;
  /** Said where there are none. */
  empty: string;
  actionsOf: (row: EntityRow) => ReactNode;
  onOpenPod: (pod: string) => void;
  /** What keeps and deploys them, where that has pods of its own. */
  keeper?: RunningEntity | null | undefined;
}) {
  const { title, rows, error, empty, actionsOf, onOpenPod, keeper } = props;
  return (
    <Section title={title} {...(rows.length > 0 ? { count: rows.length } : {})}>
      <TroubleNote what={`The saved ${title.toLowerCase()}`} error={error} />
      {rows.length === 0 && !error && <Empty>{empty}</Empty>}
      {rows.length > 0 && (
        <Stack component="ul" gap="sm" className="entities">
          {rows.map((row) => (
            <EntityItem key={row.id ?? row.name} row={row} actions={actionsOf(row)} onOpenPod={onOpenPod} />
          ))}
        </Stack>
      )}
      {keeper && keeper.pods.length > 0 && (
        <div>
          <Group gap="xs">
            <Text size="sm" component="span">
              What keeps and deploys them
            </Text>
            <StateBadge state={entityState(keeper)} />
          </Group>
          <PodsList pods={keeper.pods} of={`what keeps the ${title.toLowerCase()}`} onOpen={onOpenPod} />
        </div>
      )}
    </Section>
  );
}
