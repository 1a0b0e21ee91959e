import { Button, Popover, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconUserCircle } from "@tabler/icons-react";
import { useIdentity, type UsedIdentity } from "../../identity/use-identity.ts";
import { SignInChoices } from "./sign-in.choices.tsx";

/** Who one is on this page, and how to be somebody else. */
export function IdentityMenu() {
  const identity = useIdentity();
  const [isOpen, { toggle, close, set }] = usePopover();
  const isSomebody = identity.state === "token" || identity.state === "session";
  return (
    <Popover opened={isOpen} onChange={set} position="bottom-end" width={340} trapFocus returnFocus withArrow>
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconUserCircle size={18} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-haspopup="dialog"
          className="who"
          onClick={toggle}
        >
          {nameOf(identity)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Who you are">
        <Stack gap="sm">
          {isSomebody && (
            <>
              <Text size="sm">
                You are <strong>{identity.login ?? "not known yet"}</strong>
                {identity.state === "token" ? " by a token, in this tab only." : ", signed in with Gitea."}
              </Text>
              <Button
                variant="default"
                onClick={() => {
                  close();
                  void identity.leave();
                }}
              >
                Sign out
              </Button>
            </>
          )}
          <SignInChoices onChosen={close} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function usePopover() {
  const [isOpen, { toggle, close, open }] = useDisclosure(false);
  return [isOpen, { toggle, close, set: (wanted: boolean) => (wanted ? open() : close()) }] as const;
}

function nameOf({ state, login }: UsedIdentity): string {
  if (login !== undefined) return login;
  if (state === "nobody") return "Sign in";
  return state === "loading" ? "…" : "Who you are";
}
