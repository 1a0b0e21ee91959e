import { Autocomplete, NativeSelect, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { BoardPeopleDocument, ShareProjectDocument, type PermissionLevel } from "@sett/client";
import { useSettQuery } from "@sett/client/react";
import { useState } from "react";
import { ActionButton } from "../action/action.button.tsx";
import { useAction } from "../action/use-action.ts";
import type { Project } from "../project/project.types.ts";
import { sharingPermission, useCollaboratorsAnew } from "./use-sharing.ts";

const levels: readonly { value: PermissionLevel; label: string }[] = [
  { value: "READ", label: "Look: READ" },
  { value: "WRITE", label: "Change: WRITE" },
  { value: "ADMIN", label: "Share: ADMIN" },
];

/** Lets somebody in, with what they may do. */
export function ShareForm({ project }: { project: Project }) {
  const [login, setLogin] = useState("");
  const [level, setLevel] = useState<PermissionLevel>("WRITE");
  const readAnew = useCollaboratorsAnew();
  const share = useAction(ShareProjectDocument, {
    title: `Share with ${login}`,
    done: `${login} can see the project now.`,
    after: () => {
      setLogin("");
      readAnew();
    },
  });
  const needed = sharingPermission(project);
  const people = usePeople(needed.may === true ? login : "");
  const act = () => {
    if (login.trim() !== "") {
      share.act({
        input: { project: { producer: project.producer, env: project.env }, login: login.trim(), level },
      });
    }
  };
  return (
    <Stack
      component="form"
      gap="xs"
      aria-label="Share the project"
      onSubmit={(event) => {
        event.preventDefault();
        if (needed.may === true && !share.isPending) act();
      }}
    >
      {needed.may === true && (
        <>
          <Autocomplete
            label="Whom to let in"
            placeholder="A login or a name"
            data={people}
            value={login}
            onChange={setLogin}
            filter={({ options }) => options}
          />
          <NativeSelect
            label="What they may do"
            data={[...levels]}
            value={level}
            onChange={(event) => setLevel(event.currentTarget.value as PermissionLevel)}
          />
        </>
      )}
      <ActionButton
        {...needed}
        size="sm"
        variant="filled"
        isPending={share.isPending}
        leftSection={<IconUserPlus size={16} aria-hidden />}
        onAct={act}
      >
        Share
      </ActionButton>
    </Stack>
  );
}

/** Logins that fit what was typed so far. */
function usePeople(typed: string): string[] {
  const [search] = useDebouncedValue(typed.trim(), 250);
  const found = useSettQuery(BoardPeopleDocument, { search }, { enabled: search.length >= 2 });
  return (found.data?.users?.nodes ?? []).map(({ login }) => login);
}
