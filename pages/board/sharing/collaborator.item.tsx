import { Group, Text } from "@mantine/core";
import { IconUserMinus } from "@tabler/icons-react";
import { UnshareProjectDocument, type BoardCollaboratorsQuery } from "@sett/client";
import { useRef } from "react";
import { ActionButton } from "../action/action.button.tsx";
import { useAction } from "../action/use-action.ts";
import type { Project } from "../project/project.types.ts";
import { PersonAvatar } from "../words/person.avatar.tsx";
import { levelWords } from "../words/level.words.ts";
import { sharingPermission, useCollaboratorsAnew } from "./use-sharing.ts";

type Collaborators = NonNullable<NonNullable<BoardCollaboratorsQuery["repo"]>["collaborators"]>;

/** Somebody who was let in, and how to take that back. */
export function CollaboratorItem(props: {
  project: Project;
  person: Collaborators["nodes"][number];
  /** Called when it will be gone and had the keyboard. */
  onGone: () => void;
}) {
  const { project, person, onGone } = props;
  const item = useRef<HTMLLIElement>(null);
  const readAnew = useCollaboratorsAnew();
  const { login, fullName } = person.user;
  const name = fullName || login;
  const unshare = useAction(UnshareProjectDocument, {
    title: `Unshare with ${login}`,
    done: `${login} can no longer see the project.`,
    after: () => {
      if (item.current?.contains(document.activeElement)) onGone();
      readAnew();
    },
  });
  return (
    <li ref={item}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Group gap="xs" wrap="nowrap">
          <PersonAvatar name={name} />
          <div>
            <Text size="sm" fw={600} className="breakable">
              {name}
            </Text>
            <Text size="xs" c="dimmed" className="breakable">
              {[name === login ? "" : login, person.level && levelWords[person.level]]
                .filter(Boolean)
                .join(" · ")}
            </Text>
          </div>
        </Group>
        <ActionButton
          {...sharingPermission(project)}
          isPending={unshare.isPending}
          name={`Unshare with ${login}`}
          leftSection={<IconUserMinus size={14} aria-hidden />}
          onAct={() =>
            unshare.act({ input: { project: { producer: project.producer, env: project.env }, login } })
          }
        >
          Unshare
        </ActionButton>
      </Group>
    </li>
  );
}
