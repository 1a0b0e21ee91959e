import { Group } from "@mantine/core";
import { IconRefresh, IconUpload } from "@tabler/icons-react";
import { ApplyGatewayDocument, RestartGatewayDocument } from "@sett/client";
import { ActionButton } from "../action/action.button.tsx";
import { useAction } from "../action/use-action.ts";
import type { Project } from "../project/project.types.ts";
import { counted, type EntityRow } from "./entity.rows.ts";

/** What can be done with a gateway: have it run as it is saved, or start it anew. */
export function GatewayActions({ project, row: { id, name } }: { project: Project; row: EntityRow }) {
  const place = { producer: project.producer, env: project.env };
  const apply = useAction(ApplyGatewayDocument, {
    title: `Apply ${name}`,
    done: ({ applyGateway }) =>
      applyGateway?.steps.length
        ? `${counted(applyGateway.steps.length, "difference")} put right: it runs as it is saved.`
        : "It runs as it is saved: nothing was different.",
  });
  const restart = useAction(RestartGatewayDocument, {
    title: `Restart ${name}`,
    done: "Its pods are replaced one after the other.",
  });
  const shared = { permission: "project:write", may: project.mayWrite };
  return (
    <Group gap={6}>
      {id !== undefined && (
        <ActionButton
          {...shared}
          isPending={apply.isPending}
          name={`Apply ${name}`}
          leftSection={<IconUpload size={14} aria-hidden />}
          onAct={() => apply.act({ input: { project: place, gateway: id } })}
        >
          Apply
        </ActionButton>
      )}
      <ActionButton
        {...shared}
        isPending={restart.isPending}
        name={`Restart ${name}`}
        leftSection={<IconRefresh size={14} aria-hidden />}
        onAct={() => restart.act({ input: { project: place, ...(id === undefined ? { name } : { id }) } })}
      >
        Restart
      </ActionButton>
    </Group>
  );
}
