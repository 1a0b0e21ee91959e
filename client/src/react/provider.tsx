import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, useContext, useState, type ReactNode } from "react";
import type { SettClient } from "../client.ts";
import { retryDelayMs, mayPass } from "./retrying.ts";

const ClientContext = createContext<SettClient | undefined>(undefined);

/** What is given to everything below. */
export interface SettProviderProps {
  readonly client: SettClient;
  /** Where answers are kept; one of its own when left out. */
  readonly queryClient?: QueryClient;
  readonly children?: ReactNode;
}

/** Answers are kept as TanStack Query keeps them; what a retry cannot mend is not asked for again. */
export function createSettQueryClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: mayPass, retryDelay: retryDelayMs } } });
}

/** Lets everything below ask the gateway. */
export function SettProvider({ client, queryClient, children }: SettProviderProps): ReactNode {
  const [own] = useState(createSettQueryClient);
  return (
    <ClientContext.Provider value={client}>
      <QueryClientProvider client={queryClient ?? own}>{children}</QueryClientProvider>
    </ClientContext.Provider>
  );
}

/** The client that was given above. */
export function useSett(): SettClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error("There is no SettProvider above.");
  return client;
}
