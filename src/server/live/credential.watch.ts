import type { SettError } from "../../errors.ts";
import type { ViewerGrant } from "../../permissions/grant.ts";
import type { PermissionWatches, Watch } from "../../permissions/permission.watches.ts";
import { createContext, whyNobody, type Shared } from "../request-context.ts";
import { isUnauthenticated, ofAddress, type Identity } from "./connection.identity.ts";
import type { Asking } from "./operation.runner.ts";

/** Told once, when what was shown is not accepted any more. */
export type Revoked = (error: SettError) => void;

/** Who is at the other end, and asked for again until it is left. */
export interface HeldIdentity {
  readonly identity: Identity;
  readonly leave: () => void;
}

interface Means {
  readonly shared: Shared;
  readonly watches: PermissionWatches;
  readonly onRevoked: Revoked;
}

const question = { permission: "viewer", value: undefined } as const;
const nothing = () => undefined;

/**
 * Finds out who is there and goes on asking, also while nothing runs: one question for all connections that show the
 * same. If Gitea cannot be asked, the credential itself stands for its owner, and is asked about again.
 */
export async function holdIdentity(
  { requestId, headers }: Asking,
  address: string | undefined,
  { shared, watches, onRevoked }: Means,
): Promise<HeldIdentity> {
  const renew = () => createContext(requestId, headers, shared);
  const { refusal, signedIn } = await renew();
  if (refusal) return { identity: { kind: "refused" }, leave: nothing };
  if (!signedIn) return { identity: ofAddress(address), leave: nothing };

  const callerKey = signedIn.caller.key;
  let watch: Watch | undefined;
  let isLeft = false;
  let timer: NodeJS.Timeout | undefined;

  const ended = (error: unknown) => {
    watch = undefined;
    if (isLeft) return;
    if (isUnauthenticated(error)) return onRevoked(error);
    // An outage says nothing of the credential.
    timer = setTimeout(() => void join().catch(ended), watches.intervalMs).unref();
  };
  const join = async (): Promise<Watch> => {
    const joined = await watches.join(question, {
      callerKey,
      renew,
      refusal: () => whyNobody(headers, shared),
      ended,
    });
    if (isLeft) joined.leave();
    else watch = joined;
    return joined;
  };
  const known = (viewer: string): HeldIdentity => ({
    identity: { kind: "known", viewer, isSignedIn: true },
    leave: () => {
      isLeft = true;
      clearTimeout(timer);
      watch?.leave();
    },
  });

  try {
    const { viewer } = (await join()).grant() as ViewerGrant;
    return known(`viewer ${viewer.id}`);
  } catch (error) {
    if (isUnauthenticated(error)) return { identity: { kind: "refused" }, leave: nothing };
    ended(error);
    return known(`credential ${callerKey}`);
  }
}
