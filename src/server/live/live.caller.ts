import type { Context, Live } from "../../context.ts";
import type { SettError } from "../../errors.ts";
import type { PermissionWatches } from "../../permissions/permission.watches.ts";
import { createContext, whyNobody, type Shared } from "../request-context.ts";
import type { Asking } from "./operation.runner.ts";

interface Means {
  readonly shared: Shared;
  readonly watches: PermissionWatches;
}

/** Who has asked for something that goes on. Thousands of subscriptions have one: a class, because its methods are there once. */
export class LiveCaller implements Live {
  readonly requestId: string;
  readonly callerKey: string;
  held: Live["held"];
  private readonly headers: Asking["headers"];
  private readonly means: Means;

  constructor({ requestId, headers }: Asking, callerKey: string, means: Means) {
    this.requestId = requestId;
    this.headers = headers;
    this.callerKey = callerKey;
    this.means = means;
  }

  get watches(): PermissionWatches {
    return this.means.watches;
  }

  async renew(): Promise<Context> {
    return this.begin();
  }

  refusal(): Promise<SettError | undefined> {
    return whyNobody(this.headers, this.means.shared);
  }

  /** What each event carries: it goes on after its request, and takes the time it takes. */
  async context(): Promise<Context> {
    return (await this.begin()).goingOn(this);
  }

  private begin() {
    const { requestId, headers } = this;
    return createContext({ requestId, headers }, this.means.shared);
  }
}
