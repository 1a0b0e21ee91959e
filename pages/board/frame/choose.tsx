import { Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { ProjectLink } from "../projects/project.link.tsx";
import type { Projects } from "../projects/use-projects.ts";

/** What is in the middle before a project was chosen: the same projects, larger. */
export function Choose({ list: { viewer, projects } }: { list: Projects }) {
  return (
    <Stack gap="md">
      <div>
        <Title order={2} size="h3">
          {viewer ? `Hello, ${viewer.fullName || viewer.login}` : "Welcome"}
        </Title>
        <Text size="sm" c="dimmed">
          Choose a project to see what runs of it, who is on it and what changes while you look.
        </Text>
      </div>
      <SimpleGrid component="ul" className="links" cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        {projects.map((project) => (
          <Paper component="li" key={project.id} withBorder p={4}>
            <ProjectLink project={project} isHere={false} onGo={() => undefined} />
          </Paper>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
