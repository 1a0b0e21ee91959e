import { notifications } from "@mantine/notifications";
import { createSettClient, type SettClient } from "@sett/client";
import { SettProvider } from "@sett/client/react";
import { useEffect, useState, type ReactNode } from "react";
import { authorization } from "../../identity/identity.store.ts";

const left = new WeakSet<SettClient>();

/** Whether somebody else is at the page by now: what comes of what was asked before is not for them. */
export const isLeft = (client: SettClient): boolean => left.has(client);

/** A client of the gateway and what it has answered, for one person and as long as they are that person. */
export function BoardClient({ session, children }: { session?: string | undefined; children: ReactNode }) {
  const [client, setClient] = useState<SettClient>();
  useEffect(() => {
    const made = createSettClient({
      url: new URL("graphql", document.baseURI).href,
      authorization,
      // As it was when the page became theirs: whoever signs in elsewhere does not become whom it acts as.
      sessionOf: () => session,
    });
    setClient(made);
    return () => {
      left.add(made);
      made.dispose();
      notifications.clean();
    };
  }, [session]);
  return client && <SettProvider client={client}>{children}</SettProvider>;
}
