import type { Context } from "../../context.ts";
import type { SettError } from "../../errors.ts";
import { unread } from "../../permissions/audit.notes.ts";
import type { Credential } from "../../permissions/caller.ts";
import type { ViewerGrant } from "../../permissions/grant.ts";
import type { Holder, Watcher } from "../../permissions/permission.group.ts";
import type { PermissionWatches, Watch } from "../../permissions/permission.watches.ts";
import { createContext, whyNobody, type Shared } from "../request-context.ts";
import { isUnauthenticated, ofAddress, ofRefusal, type Identity } from "./connection.identity.ts";
import type { Asking } from "./operation.runner.ts";

/** One at the other end of a connection that goes on. */
export interface Connected extends Asking {
  readonly address: () => string | undefined;
  /** Called once, when what was shown is not accepted any more. */
  readonly onRevoked: (error: SettError) => void;
}

interface Means {
  readonly shared: Shared;
  readonly watches: PermissionWatches;
}

/** What may be said of a moment: clocks and timers are not quite together, and timers have an end. */
const soonestMs = 10;
const latestMs = 2 ** 31 - 1;

const question = { permission: "viewer", value: undefined } as const;

/**
 * Finds out who is there and goes on asking, also while nothing runs, until it is left: one question for all
 * connections that show the same. If Gitea cannot be asked, the credential itself stands for its owner, and is asked
 * about again. Thousands of sockets have one: a class, because its methods are there once and not for each of them.
 */
export class HeldIdentity implements Holder, Watcher {
  callerKey = "";
  private readonly connected: Connected;
  private readonly means: Means;
  private watch: Watch | undefined;
  private isLeft = false;
  private timer: NodeJS.Timeout | undefined;
  private expiry: NodeJS.Timeout | undefined;

  constructor(connected: Connected, means: Means) {
    this.connected = connected;
    this.means = means;
  }

  get holder(): Holder {
    return this;
  }

  async open(): Promise<Identity> {
    const context = await this.renew();
    const { refusal, signedIn } = context;
    if (refusal) {
      context.audit.refused(context, refusal, unread);
      return ofRefusal(refusal);
    }
    if (!signedIn) return ofAddress(this.connected.address());
    this.callerKey = signedIn.caller.key;
    this.expectExpiry(signedIn.caller.credential);
    try {
      const { viewer } = (await this.join()).grant() as ViewerGrant;
      return { kind: "known", viewer: `viewer ${viewer.id}`, isSignedIn: true };
    } catch (error) {
      if (isUnauthenticated(error)) {
        context.audit.refused(context, error, unread);
        return { kind: "refused" };
      }
      this.ended(error);
      return { kind: "known", viewer: `credential ${this.callerKey}`, isSignedIn: true };
    }
  }

  leave(): void {
    this.isLeft = true;
    clearTimeout(this.timer);
    clearTimeout(this.expiry);
    this.watch?.leave();
  }

  async renew(): Promise<Context> {
    const { requestId, headers } = this.connected;
    return createContext({ requestId, headers }, this.means.shared);
  }

  refusal(): Promise<SettError | undefined> {
    return whyNobody(this.connected.headers, this.means.shared);
  }

  ended(error: unknown): void {
    this.watch = undefined;
    if (this.isLeft) return;
    if (isUnauthenticated(error)) return this.connected.onRevoked(error);
    // An outage says nothing of the credential.
    const again = () => void this.join().catch((failure: unknown) => this.ended(failure));
    this.timer = setTimeout(again, this.means.watches.intervalMs).unref();
  }

  /** What says until when it counts is not asked about again to find that out. */
  private expectExpiry(credential: Credential): void {
    const { expiresAtMs = Infinity } = credential.kind === "sudo" ? credential : {};
    if (expiresAtMs === Infinity || this.isLeft) return;
    const look = async () => {
      const refusal = await this.refusal();
      if (this.isLeft) return;
      if (refusal) this.connected.onRevoked(refusal);
      else this.expectExpiry(credential);
    };
    const leftMs = Math.min(Math.max(expiresAtMs - Date.now(), soonestMs), latestMs);
    this.expiry = setTimeout(() => void look(), leftMs).unref();
  }

  private async join(): Promise<Watch> {
    const joined = await this.means.watches.join(question, this);
    if (this.isLeft) joined.leave();
    else this.watch = joined;
    return joined;
  }
}
