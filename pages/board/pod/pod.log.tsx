import { Group, Switch, Text } from "@mantine/core";
import { FollowPodLogDocument } from "@sett/client";
import { useSettSubscription } from "@sett/client/react";
import { useLayoutEffect, useRef, useState } from "react";
import { Empty } from "../words/empty.note.tsx";
import { StaleNote } from "../words/stale.note.tsx";
import { TroubleNote } from "../words/trouble.note.tsx";
import { withLines, type ShownLine } from "./log.lines.ts";

/** What a container writes, as it writes it: the newest in view while it is followed. */
export function PodLog({ pod, container }: { pod: string; container: string | undefined }) {
  const [lines, setLines] = useState<readonly ShownLine[]>([]);
  const [isFollowing, setFollowing] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const { state, data, error } = useSettSubscription(
    FollowPodLogDocument,
    { id: pod, tailLines: 200, ...(container === undefined ? {} : { container }) },
    { next: ({ podLogs }) => setLines((before) => withLines(before, podLogs)) },
  );
  useLayoutEffect(() => {
    if (isFollowing) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines, isFollowing]);
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Switch
          label="Follow"
          size="sm"
          checked={isFollowing}
          onChange={(event) => setFollowing(event.currentTarget.checked)}
        />
        <Text size="xs" c="dimmed" role="status">
          {lines.filter(({ kind }) => kind === "line").length} lines, {stateWords[state]}
        </Text>
      </Group>
      <TroubleNote what="The log" error={error} />
      <StaleNote what="The log" since={data?.podLogs.staleSince} />
      {lines.length === 0 && !error && <Empty>Nothing was written yet.</Empty>}
      <div
        className="log"
        ref={box}
        tabIndex={0}
        role="region"
        aria-label="Log"
        onWheel={({ deltaY }) => deltaY < 0 && setFollowing(false)}
        onKeyDown={({ key }) => ["ArrowUp", "PageUp", "Home"].includes(key) && setFollowing(false)}
      >
        {lines.map((line) =>
          line.kind === "line" ? (
            <div key={line.key} className="log-line">
              <time dateTime={line.time}>{new Date(line.time).toLocaleTimeString()}</time> {line.text}
            </div>
          ) : (
            <div key={line.key} className="log-note">
              {line.text}
            </div>
          ),
        )}
      </div>
    </>
  );
}

const stateWords: Record<ReturnType<typeof useSettSubscription>["state"], string> = {
  idle: "connecting",
  connecting: "connecting",
  open: "live",
  resumed: "live",
  reconnecting: "reconnecting",
  ended: "no more to come",
};
