import { Text } from "@mantine/core";
import type { ReactNode } from "react";

/** Stands where there is nothing to show, and says what would be there. */
export function Empty({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed" py="xs">
      {children}
    </Text>
  );
}
