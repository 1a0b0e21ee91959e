import { Text, Timeline } from "@mantine/core";
import { IconEarOff, IconGitCommit, IconPencil, IconPlayerPlay, IconTopologyStar } from "@tabler/icons-react";
import type { ComponentType } from "react";
import { Age } from "../words/age.tsx";
import { Empty } from "../words/empty.note.tsx";
import { Section } from "../frame/section.tsx";
import { whatItWasAbout, whatWasDone, whoDid } from "./change.words.ts";
import type { HeardChange } from "./use-changes.ts";
import type { Change } from "./project.types.ts";

const icons: Partial<Record<Change["kind"], ComponentType<{ size: number }>>> = {
  PUSH: IconGitCommit,
  UNHEARD: IconEarOff,
  WORKSPACE: IconPlayerPlay,
  GATEWAYS: IconTopologyStar,
};

/** What has changed since the page was opened, the newest first; told to screen readers as it comes. */
export function ChangesFeed(props: {
  changes: readonly HeardChange[];
  /** What people call that which has an id on the canvas. */
  names: ReadonlyMap<string, string>;
  me: string | undefined;
}) {
  const { changes, names, me } = props;
  return (
    <Section title="What just changed">
      {changes.length === 0 && (
        <Empty>Nothing since you came. What anybody does shows here as it happens.</Empty>
      )}
      <div role="log" aria-live="polite" aria-relevant="additions" aria-label="Changes of the project">
        {changes.length > 0 && (
          <Timeline bulletSize={24} lineWidth={2}>
            {changes.map(({ key, at, change }) => {
              const Icon = icons[change.kind] ?? IconPencil;
              return (
                <Timeline.Item key={key} bullet={<Icon size={14} aria-hidden />}>
                  <Text size="sm">
                    {change.kind === "UNHEARD" ? (
                      `${whatWasDone(change)}: all is read anew.`
                    ) : (
                      <>
                        <strong>{whoDid(change, me)}</strong> {whatWasDone(change)}
                      </>
                    )}
                  </Text>
                  {change.missed > 0 && (
                    <Text size="xs">{change.missed} changes before this one were too quick to be told.</Text>
                  )}
                  <Text size="xs" c="dimmed" className="breakable">
                    {whatItWasAbout(change, names)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    <Age since={at} suffix=" ago" />
                  </Text>
                </Timeline.Item>
              );
            })}
          </Timeline>
        )}
      </div>
    </Section>
  );
}
