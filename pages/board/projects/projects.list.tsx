import { ActionIcon, Button, Group, Skeleton, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconRefresh, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { Place } from "../address.state.ts";
import { Empty } from "../words/empty.note.tsx";
import { TroubleNote } from "../words/trouble.note.tsx";
import { ProjectLink } from "./project.link.tsx";
import type { Projects } from "./use-projects.ts";

/** The projects that the viewer can see, to go to one. */
export function ProjectsList(props: { list: Projects; place: Place | undefined; onGo: () => void }) {
  const { list, place, onGo } = props;
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  const shown = list.projects.filter(({ producer, env, name }) =>
    `${producer} ${env} ${name ?? ""}`.toLowerCase().includes(wanted),
  );
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} size="h5">
          Your projects
        </Title>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Look for projects again"
          aria-busy={list.isReading || undefined}
          onClick={list.readAnew}
        >
          <IconRefresh size={16} aria-hidden className={list.isReading ? "turning" : undefined} />
        </ActionIcon>
      </Group>
      <TextInput
        aria-label="Filter the projects"
        placeholder="Filter"
        size="sm"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
      />
      <TroubleNote what="Your projects" error={list.error} onRetry={list.readAnew} />
      {list.isLoading && <Skeleton height={32} />}
      {!list.isLoading && !list.error && shown.length === 0 && (
        <Empty>
          {wanted === ""
            ? "No projects yet. Whoever shares one with you makes it appear here."
            : "None is called so."}
        </Empty>
      )}
      <ul className="links">
        {shown.map((project) => (
          <li key={project.id}>
            <ProjectLink
              project={project}
              isHere={project.producer === place?.producer && project.env === place.env}
              onGo={onGo}
            />
          </li>
        ))}
      </ul>
      {list.more && (
        <Button variant="default" size="compact-sm" onClick={list.more}>
          Show more
        </Button>
      )}
      {list.projects.length > 0 && (
        <Text size="xs" c="dimmed">
          {list.projects.length} of {list.total}
        </Text>
      )}
    </Stack>
  );
}
