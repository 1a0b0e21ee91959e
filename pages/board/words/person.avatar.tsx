import { Avatar } from "@mantine/core";

/** Logins of a platform all begin with its prefix: what tells people apart comes after it. */
const ownPart = (name: string) => name.split("-").at(-1) ?? name;

/** Somebody's initials, in a colour of theirs; the name stands beside it. */
export function PersonAvatar({ name }: { name: string }) {
  return (
    <Avatar
      name={ownPart(name)}
      color="initials"
      size="sm"
      radius="xl"
      aria-hidden
      // On some of its own grounds Mantine's own shade is too faint to read.
      styles={{ placeholder: { color: "var(--mantine-color-text)" } }}
    />
  );
}
