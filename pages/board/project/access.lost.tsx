import { Alert, Button, Group, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { Forbidden, Unauthenticated } from "@sett/client";
import { useEffect } from "react";
import { retryIdentity } from "../../identity/identity.store.ts";
import { leavePlace, type Place } from "../address.state.ts";
import { SignInChoices } from "../identity/sign-in.choices.tsx";

/** Says plainly that a project is not for whoever looks at it, or not any more, and where to go from here. */
export function AccessLost(props: {
  place: Place;
  error: unknown;
  wasSeen: boolean;
  onLookAgain: () => void;
}) {
  const { place, error, wasSeen, onLookAgain } = props;
  const isSignedOut = error instanceof Unauthenticated;
  useEffect(() => {
    if (isSignedOut) retryIdentity();
  }, [isSignedOut]);
  if (isSignedOut) {
    return (
      <Alert
        icon={<IconLock aria-hidden size={20} />}
        title="You are signed out"
        role="alert"
        color="yellow"
        variant="default"
      >
        <Text size="sm" mb="md">
          What let you in is no longer accepted: it has expired or was revoked. Sign in to see{" "}
          {place.producer} again.
        </Text>
        <Button variant="default" mb="md" onClick={onLookAgain}>
          Look again
        </Button>
        <SignInChoices />
      </Alert>
    );
  }
  const title = wasSeen
    ? "You can no longer see this project"
    : "There is no such project, or you cannot see it";
  const text =
    error instanceof Forbidden
      ? `It needs ${error.permission}.`
      : wasSeen
        ? "Somebody has taken your right to it away, or it is gone. Nothing more of it is told here."
        : "A project that you were not let into looks just like one that does not exist. Its owner can share it with you.";
  return (
    <Alert
      icon={<IconLock aria-hidden size={20} />}
      title={title}
      role="alert"
      color="yellow"
      variant="default"
    >
      <Text size="sm" mb="md">
        {place.producer} {place.env}: {text}
      </Text>
      <Group>
        <Button variant="default" onClick={onLookAgain}>
          Look again
        </Button>
        <Button variant="default" onClick={leavePlace}>
          Go to your projects
        </Button>
      </Group>
    </Alert>
  );
}
