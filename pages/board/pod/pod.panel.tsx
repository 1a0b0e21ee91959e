import { Group, NativeSelect, Stack, Tabs, Text } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { BoardPodDetailsDocument, RestartPodDocument } from "@sett/client";
import { useSettQuery } from "@sett/client/react";
import { useState } from "react";
import { ActionButton } from "../action/action.button.tsx";
import { useAction } from "../action/use-action.ts";
import { StateBadge } from "../entities/state.badge.tsx";
import { podState } from "../entities/state.words.ts";
import type { Pod } from "../project/project.types.ts";
import { TroubleNote } from "../words/trouble.note.tsx";
import { PodEvents } from "./pod.events.tsx";
import { PodLog } from "./pod.log.tsx";

/** Nobody is told of a pod's events: they are asked for this often while it is looked at. */
const eventsMs = 15_000;

/** What there is to see of a pod: what it writes, what has happened to it, and how to have it replaced. */
export function PodPanel({ pod, isGone }: { pod: Pod; isGone: boolean }) {
  const [container, setContainer] = useState<string>();
  const details = useSettQuery(
    BoardPodDetailsDocument,
    { id: pod.id },
    { enabled: !isGone, refetchInterval: eventsMs },
  );
  const mayRestart = details.partial?.pod?.mayRestart ?? (details.error ? null : undefined);
  const restart = useAction(RestartPodDocument, {
    title: `Restart ${pod.name}`,
    done: "It is being stopped; another takes its place.",
  });
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        {isGone ? <Text size="sm">This pod is gone.</Text> : <StateBadge state={podState(pod)} />}
        <ActionButton
          permission="pod:write"
          may={mayRestart}
          isPending={restart.isPending}
          name="Restart the pod"
          leftSection={<IconRefresh size={14} aria-hidden />}
          onAct={() => restart.act({ input: { pod: pod.id } })}
        >
          Restart
        </ActionButton>
      </Group>
      {mayRestart === null && <TroubleNote what="What you may do with it" error={details.error} />}
      {pod.containers.length > 1 && (
        <NativeSelect
          label="Container"
          data={pod.containers.map(({ name }) => name)}
          value={container ?? pod.containers[0]?.name ?? ""}
          onChange={(event) => setContainer(event.currentTarget.value)}
        />
      )}
      <Tabs defaultValue="log" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="log">Log</Tabs.Tab>
          <Tabs.Tab value="events">Events</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="log" pt="sm">
          <PodLog key={container} pod={pod.id} container={container} />
        </Tabs.Panel>
        <Tabs.Panel value="events" pt="sm">
          <TroubleNote what="The events" error={details.error} />
          <PodEvents events={details.partial?.pod?.events ?? []} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
