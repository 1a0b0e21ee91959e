import { Anchor, Paper, Stack, Text, Title } from "@mantine/core";
import { SignInChoices } from "./sign-in.choices.tsx";

/** What somebody sees who is nobody yet, or nobody any more. */
export function Welcome({ wasSomebody }: { wasSomebody: boolean }) {
  return (
    <Paper withBorder p="lg" maw={520} mx="auto" mt="xl" component="section" aria-labelledby="welcome">
      <Stack gap="sm">
        {wasSomebody && (
          <Text fw={600} role="alert">
            You are signed out.
          </Text>
        )}
        <Title order={2} size="h3" id="welcome">
          See your projects at work
        </Title>
        <Text size="sm" c="dimmed">
          The board shows what runs of a project, who is on it and what just changed. It shows you what you
          may see, so it has to know who you are. Or look at what can be asked, in the{" "}
          <Anchor href="./">explorer</Anchor>.
        </Text>
        <SignInChoices />
      </Stack>
    </Paper>
  );
}
