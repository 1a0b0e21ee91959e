import { Button, Divider, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { IconLogin2 } from "@tabler/icons-react";
import { useState } from "react";
import { useIdentity } from "../../identity/use-identity.ts";

/** The ways in: Gitea where it is set up, a token for this tab, and on the sandbox one of its people. */
export function SignInChoices({ onChosen }: { onChosen?: () => void }) {
  const { people, canSignIn, become, signIn, problem } = useIdentity();
  const [token, setToken] = useState("");
  const choose = (chosen: string) => {
    become(chosen);
    setToken("");
    onChosen?.();
  };
  return (
    <Stack gap="sm">
      {canSignIn && (
        <Button leftSection={<IconLogin2 size={18} aria-hidden />} onClick={signIn}>
          Sign in with Gitea
        </Button>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== "") choose(token);
        }}
      >
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <PasswordInput
            className="grows"
            label="A token of Gitea's"
            description="Kept in this tab only, and gone with it."
            autoComplete="off"
            value={token}
            error={problem}
            visibilityToggleButtonProps={{ "aria-label": "Show the token" }}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            Use it
          </Button>
        </Group>
      </form>
      {people.length > 0 && (
        <>
          <Divider label="or, on this sandbox, be one of its people" />
          <Stack component="ul" gap={6} className="entities">
            {people.map((person) => (
              <li key={person.login}>
                <Group gap="xs" wrap="nowrap">
                  <Button size="compact-sm" variant="default" miw={72} onClick={() => choose(person.token)}>
                    {person.name}
                  </Button>
                  <Text size="xs" c="dimmed">
                    {person.about}
                  </Text>
                </Group>
              </li>
            ))}
          </Stack>
        </>
      )}
    </Stack>
  );
}
