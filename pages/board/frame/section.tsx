import { Group, Paper, Stack, Title } from "@mantine/core";
import { useId, type ReactNode, type Ref } from "react";

/** A part of a project's page: a region of its own, named by its heading. */
export function Section(props: {
  title: string;
  count?: number;
  actions?: ReactNode;
  /** Where the keyboard is to go on when what it was on is gone. */
  headingRef?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}) {
  const { title, count, actions, headingRef, children } = props;
  const id = useId();
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-labelledby={id}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={3} size="h5" id={id} {...(headingRef ? { ref: headingRef, tabIndex: -1 } : {})}>
            {title}
            {count === undefined ? "" : ` (${count})`}
          </Title>
          {actions !== undefined && <Group gap="xs">{actions}</Group>}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
