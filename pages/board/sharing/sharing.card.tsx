import { Stack, Text } from "@mantine/core";
import { BoardCollaboratorsDocument } from "@sett/client";
import { useSettQuery } from "@sett/client/react";
import { useRef } from "react";
import { Section } from "../frame/section.tsx";
import type { Project } from "../project/project.types.ts";
import { Empty } from "../words/empty.note.tsx";
import { TroubleNote } from "../words/trouble.note.tsx";
import { CollaboratorItem } from "./collaborator.item.tsx";
import { ShareForm } from "./share.form.tsx";

/** Who was let into the project, for those who may say so; for all others why that is not shown. */
export function SharingCard({ project }: { project: Project }) {
  const { repo, mayAdmin } = project;
  const collaborators = useSettQuery(
    BoardCollaboratorsDocument,
    { owner: repo?.owner ?? "", name: repo?.name ?? "" },
    { enabled: mayAdmin === true && repo !== null },
  );
  const heading = useRef<HTMLHeadingElement>(null);
  const people = collaborators.data?.repo?.collaborators?.nodes ?? [];
  return (
    <Section
      title="Shared with"
      headingRef={heading}
      {...(mayAdmin === true ? { count: people.length } : {})}
    >
      {mayAdmin !== true && (
        <Text size="sm" c="dimmed">
          {mayAdmin === false
            ? "Who else was let in is shown to those who may share the project."
            : "Whether you may see who else was let in cannot be asked just now."}
        </Text>
      )}
      <TroubleNote what="Who was let in" error={collaborators.error} />
      {mayAdmin === true && collaborators.isSuccess && people.length === 0 && (
        <Empty>Nobody yet. Whoever you let in sees the project at once.</Empty>
      )}
      {people.length > 0 && (
        <Stack component="ul" gap="xs" className="entities" aria-label="People who were let in">
          {people.map((person) => (
            <CollaboratorItem
              key={person.user.login}
              project={project}
              person={person}
              onGone={() => heading.current?.focus()}
            />
          ))}
        </Stack>
      )}
      <ShareForm project={project} />
    </Section>
  );
}
