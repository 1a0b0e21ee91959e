import { Grid, Group, Stack, Text, Title } from "@mantine/core";
import { BoardProjectDocument, BoardProjectsDocument } from "@sett/client";
import { settQueryKey } from "@sett/client/react";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Place } from "../address.state.ts";
import { EntitiesCard } from "../entities/entities.card.tsx";
import { functionRows, gatewayRows, namesIn } from "../entities/entity.rows.ts";
import { FunctionActions } from "../entities/function.actions.tsx";
import { GatewayActions } from "../entities/gateway.actions.tsx";
import { SharingCard } from "../sharing/sharing.card.tsx";
import { viewerWords } from "../words/level.words.ts";
import { StaleNote } from "../words/stale.note.tsx";
import { TroubleNote } from "../words/trouble.note.tsx";
import { AccessLost } from "./access.lost.tsx";
import { ChangesFeed } from "./changes.feed.tsx";
import { PodDrawer } from "./pod.drawer.tsx";
import { PresenceBar } from "./presence.bar.tsx";
import { ProjectSkeleton } from "./project.skeleton.tsx";
import { troubleWithRights, useProject } from "./use-project.ts";
import { ReconnectingNote } from "./reconnecting.note.tsx";
import { useGivenBack } from "./use-given-back.ts";
import { isRefusal, useProjectStreams } from "./use-project-streams.ts";
import { WorkspaceCard } from "./workspace.card.tsx";

interface ProjectPageProps {
  place: Place;
  me: string | undefined;
}

/** A project's page, which begins anew when somebody who could not see it any more looks again. */
export function ProjectPage(props: ProjectPageProps) {
  const queries = useQueryClient();
  const [turn, setTurn] = useState(0);
  const lookAgain = useCallback(() => {
    queries.removeQueries({ queryKey: settQueryKey(BoardProjectDocument) });
    setTurn((before) => before + 1);
  }, [queries]);
  return <ProjectView key={turn} {...props} onLookAgain={lookAgain} />;
}

/** A project: what it has, how all of it does, who is here and what just changed. */
function ProjectView({ place, me, onLookAgain }: ProjectPageProps & { onLookAgain: () => void }) {
  const queries = useQueryClient();
  const { project, refusal, isLoading, troubleWith, readAnew } = useProject(place);
  const { changes, presence, status, workspace, deployments, ended, isInterrupted } = useProjectStreams(
    place,
    readAnew,
  );
  const [openPod, setOpenPod] = useState<string>();
  const lost = ended ?? (isRefusal(refusal) ? refusal : undefined);
  const wasSeen = useRef(false);
  if (project !== undefined) wasSeen.current = true;
  useEffect(() => {
    if (lost !== undefined) void queries.invalidateQueries({ queryKey: settQueryKey(BoardProjectsDocument) });
  }, [lost, queries]);
  useGivenBack(ended, { project, refusal, readAnew }, onLookAgain);

  if (lost !== undefined) {
    return <AccessLost place={place} error={lost} wasSeen={wasSeen.current} onLookAgain={onLookAgain} />;
  }
  if (isLoading) return <ProjectSkeleton />;
  if (project === undefined) {
    return <TroubleNote what={`${place.producer} cannot be shown`} error={refusal} onRetry={readAnew} />;
  }
  const deployed = deployments.data?.resources ?? [];
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <div>
          <Title order={2} size="h3" className="breakable">
            {project.producer} <span className="environment">{project.env}</span>
          </Title>
          <Text size="sm" c="dimmed">
            {viewerWords[project.viewerPermission]}
          </Text>
        </div>
        <PresenceBar presence={presence} me={me} isLive={!isInterrupted} />
      </Group>
      {isInterrupted && <ReconnectingNote />}
      <StaleNote what="What runs" since={status.data?.staleSince} reason={status.data?.staleReason} />
      {!isInterrupted && <TroubleNote what="Reading it anew" error={refusal} />}
      <TroubleNote what="What you may do" error={troubleWithRights(troubleWith)} />
      <TroubleNote what="How it runs" error={status.error} />
      {!status.data?.staleSince && (
        <StaleNote
          what="What is to run"
          since={deployments.data?.staleSince}
          reason={deployments.data?.staleReason}
        />
      )}
      <TroubleNote what="What is to run of it" error={deployments.error} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="md">
            <WorkspaceCard
              project={project}
              live={workspace.data}
              error={workspace.error}
              running={status.data?.workspace}
              deployed={deployed.find(({ kind }) => kind === "WORKSPACE")}
              onOpenPod={setOpenPod}
            />
            <EntitiesCard
              title="Gateways"
              rows={gatewayRows(project, status.data, deployed)}
              error={troubleWith("gateways")}
              empty="No gateways yet. Draw one on the canvas, and it shows here."
              actionsOf={(row) => <GatewayActions project={project} row={row} />}
              onOpenPod={setOpenPod}
            />
            <EntitiesCard
              title="Functions"
              rows={functionRows(project, status.data, deployed)}
              error={project.mayReadFunctions === false ? undefined : troubleWith("functions")}
              empty={
                project.mayReadFunctions === false
                  ? "You may not see the functions: that needs functions:read."
                  : "No functions yet. Add one on the canvas, and deploy it from here."
              }
              actionsOf={(row) => <FunctionActions project={project} row={row} />}
              onOpenPod={setOpenPod}
              keeper={status.data?.slsApi}
            />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="md">
            <ChangesFeed changes={changes} names={namesIn(project)} me={me} />
            <SharingCard project={project} />
          </Stack>
        </Grid.Col>
      </Grid>
      <PodDrawer id={openPod} status={status.data} onClose={() => setOpenPod(undefined)} />
    </Stack>
  );
}
