import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { wordsOf } from "./error.words.ts";

/** Says in its own place that a part cannot be shown, and why; the other parts go on. */
export function TroubleNote(props: { what: string; error: unknown; onRetry?: () => void }) {
  const { what, error, onRetry } = props;
  if (error === undefined || error === null) return null;
  return (
    <Alert
      icon={<IconAlertTriangle aria-hidden size={18} />}
      variant="default"
      color="red"
      role="status"
      py="xs"
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          {what}: {wordsOf(error)}
        </Text>
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Group>
    </Alert>
  );
}
