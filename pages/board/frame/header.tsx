import badger from "../../badger.svg";
import { Anchor, Burger, Group, Title } from "@mantine/core";
import { IdentityMenu } from "../identity/identity.menu.tsx";
import { ThemeSwitch } from "./theme.switch.tsx";

/** The name of the page, who one is, and where else there is something to see. */
export function Header({ isOpen = false, onToggle }: { isOpen?: boolean; onToggle?: () => void }) {
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
      <Group gap="xs" wrap="nowrap">
        {onToggle && (
          <Burger
            opened={isOpen}
            onClick={onToggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={isOpen ? "Hide the projects" : "Show the projects"}
            aria-expanded={isOpen}
          />
        )}
        <img src={badger} alt="" width={28} height={28} />
        <Title order={1} size="h4">
          Sett
        </Title>
        <Anchor href="./" size="sm" visibleFrom="xs">
          Explorer
        </Anchor>
      </Group>
      <Group gap="xs" wrap="nowrap">
        <ThemeSwitch />
        <IdentityMenu />
      </Group>
    </Group>
  );
}
