import { LRUCache } from "lru-cache";
import { atMost } from "../../at-most.ts";
import { Unauthenticated } from "../../errors.ts";
import { createSignal, type Signal } from "../../live/signal.ts";
import type { Caller } from "../../permissions/caller.ts";
import type { GiteaClient } from "./gitea.client.ts";

/** Whose credentials Gitea has accepted, and not refused since, by their keys. No permission rests on it. */
export interface VouchedCredentials {
  readonly has: (key: string) => boolean;
  /** Tells of each that was not known to be accepted. */
  readonly listen: Signal<string>["listen"];
  readonly accept: (key: string) => void;
  readonly refuse: (key: string) => void;
}

/** Of more, those that were not accepted for longest are taken for new ones. */
const remembered = 20_000;

export function createVouchedCredentials(): VouchedCredentials {
  const known = new LRUCache<string, true>(atMost(remembered));
  const { tell, listen } = createSignal<string>();
  return {
    has: (key) => known.has(key),
    listen,
    accept: (key) => {
      if (known.get(key)) return;
      known.set(key, true);
      tell(key);
    },
    refuse: (key) => void known.delete(key),
  };
}

/**
 * Whether an answer says that Gitea knows the credential. One that is broken or has too much to do looks at none; and a
 * login that the gateway's own token is to stand for may be nobody's: that is a 404, as other things are.
 */
function vouches(status: number, { credential }: Caller): boolean {
  if (credential.kind === "sudo") return status < 400;
  return status < 500 && status !== 401 && status !== 429;
}

/** The same client, which notes whose credentials are accepted. */
export function noteVouched(gitea: GiteaClient, vouched: VouchedCredentials): GiteaClient {
  return {
    ...gitea,
    asCaller: async (call) => {
      const { caller } = call;
      try {
        const answer = await gitea.asCaller(call);
        if (vouches(answer.status, caller)) vouched.accept(caller.key);
        return answer;
      } catch (error) {
        if (error instanceof Unauthenticated) vouched.refuse(caller.key);
        throw error;
      }
    },
  };
}
