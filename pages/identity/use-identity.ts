import { useSyncExternalStore } from "react";
import {
  become,
  currentIdentity,
  leave,
  onIdentity,
  retryIdentity,
  signIn,
  type Identity,
} from "./identity.store.ts";

/** Who one is in this tab, and how that is changed. */
export interface UsedIdentity extends Identity {
  readonly become: (token: string) => void;
  readonly leave: () => Promise<void>;
  readonly signIn: () => void;
  readonly retry: () => void;
}

/** Who one is in this tab: the same to every part of a page. */
export function useIdentity(): UsedIdentity {
  const identity = useSyncExternalStore(onIdentity, currentIdentity);
  return { ...identity, become, leave, signIn, retry: retryIdentity };
}
