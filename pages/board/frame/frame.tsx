import { AppShell, ScrollArea, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useEffect } from "react";
import { usePlace } from "../address.state.ts";
import { ProjectPage } from "../project/project.page.tsx";
import { ProjectsList } from "../projects/projects.list.tsx";
import { useProjects } from "../projects/use-projects.ts";
import { Choose } from "./choose.tsx";
import { Header } from "./header.tsx";

/** The page of somebody who is signed in: the projects beside the one that is looked at. */
export function Frame() {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const place = usePlace();
  const list = useProjects();
  useEffect(() => {
    document.title = place ? `${place.producer} ${place.env} · Sett` : "Board · Sett";
  }, [place?.producer, place?.env]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 260, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <AppShell.Header>
        <Header isOpen={isOpen} onToggle={toggle} />
      </AppShell.Header>
      <AppShell.Navbar aria-label="Projects">
        <ScrollArea p="md" type="auto">
          <ProjectsList list={list} place={place} onGo={close} />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main>
        {place ? (
          <ProjectPage key={`${place.producer}/${place.env}`} place={place} me={list.viewer?.login} />
        ) : (
          <Choose list={list} />
        )}
        <Text size="xs" c="dimmed" mt="xl">
          All of it comes from this gateway, by the same typed client that canvases use.
        </Text>
      </AppShell.Main>
    </AppShell>
  );
}
