import { Group, Text, Tooltip } from "@mantine/core";
import { StateBadge } from "../entities/state.badge.tsx";
import { PersonAvatar } from "../words/person.avatar.tsx";
import type { Presence } from "./project.types.ts";

const shown = 6;

const live = { word: "live", tone: "good" } as const;
const away = { word: "reconnecting", tone: "busy" } as const;

/** Who is here just now, whoever looks on first among them. */
export function PresenceBar({
  presence,
  me,
  isLive,
}: {
  presence: Presence | undefined;
  me: string | undefined;
  isLive: boolean;
}) {
  if (presence === undefined) return null;
  const { people, others, staleSince } = presence;
  const unshown = Math.max(0, people.length - shown) + others;
  return (
    <Group gap="sm" role="group" aria-label="Who is here">
      <StateBadge state={isLive ? live : away} />
      <ul className="people">
        {people.slice(0, shown).map(({ login, fullName }) => {
          const name = login === me ? `${fullName || login} (you)` : fullName || login;
          return (
            <li key={login}>
              <Tooltip label={`${name}, ${login}`} events={{ hover: true, focus: true, touch: true }}>
                <span>
                  <PersonAvatar name={fullName || login} />
                </span>
              </Tooltip>
              <Text size="sm" component="span">
                {name}
              </Text>
            </li>
          );
        })}
        {unshown > 0 && <li>and {unshown} more</li>}
      </ul>
      {staleSince !== null && (
        <Text size="xs" c="dimmed">
          Others may have come or gone unheard.
        </Text>
      )}
    </Group>
  );
}
