import { createSettClient, type SettClient } from "@sett/client";
import { SettProvider } from "@sett/client/react";
import { useEffect, useState, type ReactNode } from "react";
import { authorization } from "../../identity/identity.store.ts";

/** A client of the gateway and what it has answered, for one person and as long as they are that person. */
export function BoardClient({ children }: { children: ReactNode }) {
  const [client, setClient] = useState<SettClient>();
  useEffect(() => {
    const made = createSettClient({ url: new URL("graphql", document.baseURI).href, authorization });
    setClient(made);
    return () => made.dispose();
  }, []);
  return client && <SettProvider client={client}>{children}</SettProvider>;
}
