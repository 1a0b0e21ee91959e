import { Alert, Text } from "@mantine/core";
import { IconClockPause } from "@tabler/icons-react";
import type { StaleReason } from "@sett/client";
import { Age } from "./age.tsx";

const because: Record<StaleReason, string> = {
  UNREACHABLE: "the cluster does not answer",
  UNAUTHORIZED: "the cluster does not accept the gateway's credential",
  FORBIDDEN: "the cluster does not let the gateway look",
  BUSY: "the cluster has too much to do",
  EXPIRED: "what was known is being read anew",
  TOO_MANY: "there is more than can be read",
  MISSING: "the cluster does not know such things",
};

/** Says that what stands below is how it was last seen, since when and why; nothing while it is heard. */
export function StaleNote(props: {
  what: string;
  since: string | null | undefined;
  reason?: StaleReason | null | undefined;
}) {
  const { what, since, reason } = props;
  if (since === null || since === undefined) return null;
  return (
    <Alert
      icon={<IconClockPause aria-hidden size={18} />}
      color="yellow"
      variant="default"
      role="status"
      py="xs"
    >
      <Text size="sm">
        {what} as last seen <Age since={since} suffix=" ago" />
        {reason ? `, because ${because[reason]}` : ""}. It may be otherwise by now.
      </Text>
    </Alert>
  );
}
