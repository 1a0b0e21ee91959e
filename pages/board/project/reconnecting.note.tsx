import { Alert, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";

/** Stands above what may be old while the gateway is away; the client comes back by itself. */
export function ReconnectingNote() {
  return (
    <Alert
      icon={<IconPlugConnectedX aria-hidden size={18} />}
      color="yellow"
      variant="default"
      role="status"
      py="xs"
    >
      <Text size="sm">Reconnecting… What is shown is how it was when the gateway was last heard.</Text>
    </Alert>
  );
}
