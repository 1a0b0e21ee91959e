import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { Section } from "../frame/section.tsx";
import { Empty } from "../words/empty.note.tsx";
import { TroubleNote } from "../words/trouble.note.tsx";
import { EntityItem } from "./entity.item.tsx";
import type { EntityRow } from "./entity.rows.ts";

/** All gateways or all functions of a project. */
export function EntitiesCard(props: {
  title: string;
  rows: readonly EntityRow[];
  error: unknown;
  /** Said where there are none. */
  empty: string;
  actionsOf: (row: EntityRow) => ReactNode;
  onOpenPod: (pod: string) => void;
}) {
  const { title, rows, error, empty, actionsOf, onOpenPod } = props;
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
    </Section>
  );
}
