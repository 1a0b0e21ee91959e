import { ProjectChangedDocument, ReadProjectDocument, type SettClient } from "@sett/client";
import { SettProvider, useSettQuery, useSettSubscription } from "@sett/client/react";

function Project({ producer }: { readonly producer: string }) {
  const { partial, error, refetch } = useSettQuery(ReadProjectDocument, { producer });
  const { state } = useSettSubscription(
    ProjectChangedDocument,
    { producer },
    {
      next: () => void refetch(),
      state: (now) => void (now === "resumed" && refetch()),
    },
  );
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <p>
      {partial?.project?.viewerPermission ?? "…"} ({state})
    </p>
  );
}

export function App({ client }: { readonly client: SettClient }) {
  return (
    <SettProvider client={client}>
      <Project producer="demo" />
    </SettProvider>
  );
}
