import { Code, Group, Text } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { RestartWorkspaceDocument } from "@sett/client";
import { ActionButton } from "../action/action.button.tsx";
import { useAction } from "../action/use-action.ts";
import { PodsList } from "../entities/pods.list.tsx";
import { StateBadge } from "../entities/state.badge.tsx";
import { workspaceState } from "../entities/state.words.ts";
import { Section } from "../frame/section.tsx";
import { StaleNote } from "../words/stale.note.tsx";
import { TroubleNote } from "../words/trouble.note.tsx";
import type { Deployed, LiveWorkspace, Project, RunningEntity } from "./project.types.ts";
import { ResetButton } from "./reset.button.tsx";

/** So much of what the workspace wrote last is shown. */
const tailLines = 8;

interface WorkspaceCardProps {
  project: Project;
  live: LiveWorkspace | undefined;
  error: unknown;
  running: RunningEntity | null | undefined;
  deployed: Deployed | undefined;
  onOpenPod: (pod: string) => void;
}

/** What keeps and runs the project: how it does, and what it wrote last. */
export function WorkspaceCard({ project, live, error, running, deployed, onOpenPod }: WorkspaceCardProps) {
  const place = { producer: project.producer, env: project.env };
  const restart = useAction(RestartWorkspaceDocument, {
    title: "Restart the workspace",
    done: "It starts anew; what it says of itself shows here.",
  });
  const workspace = live?.workspace;
  const output = workspace?.output.trimEnd().split("\n").slice(-tailLines).join("\n");
  return (
    <Section
      title="Workspace"
      actions={
        <>
          <ActionButton
            permission="project:write"
            may={project.mayWrite}
            isPending={restart.isPending}
            name="Restart the workspace"
            leftSection={<IconRefresh size={14} aria-hidden />}
            onAct={() => restart.act({ input: { project: place, part: "PROJECT" } })}
          >
            Restart
          </ActionButton>
          <ResetButton project={project} />
        </>
      }
    >
      <TroubleNote what="The workspace" error={error} />
      <StaleNote what="The workspace" since={live?.staleSince} />
      <Group gap="xs">
        <StateBadge state={workspaceState(workspace)} />
        {workspace?.commit && (
          <Text size="sm" c="dimmed" component="span">
            at commit <Code>{workspace.commit.slice(0, 7)}</Code>
          </Text>
        )}
        {project.enabled === false && <Text size="sm">The platform is told not to run this project.</Text>}
      </Group>
      {deployed && (
        <Text size="sm" c="dimmed">
          {deployed.summary}
        </Text>
      )}
      {output && (
        <pre className="output" tabIndex={0} role="region" aria-label="What the workspace wrote last">
          {output}
        </pre>
      )}
      <PodsList pods={running?.pods ?? []} of="the workspace" onOpen={onOpenPod} />
    </Section>
  );
}
