import type { ClientCode } from "./codes.ts";
import { SettError } from "./sett.error.ts";

const answered = (code: ClientCode, message: string, details: Record<string, unknown> = {}) => ({
  message,
  extensions: { code, ...details },
});

/** There was no answer at all: no network, a wrong address, or a gateway that is away. */
export class GatewayUnreachable extends SettError {
  override readonly name = "GatewayUnreachable";

  constructor(cause?: unknown) {
    super(answered("GATEWAY_UNREACHABLE", "The gateway does not answer."), {}, { cause });
  }
}

/** Something answered, and not in GraphQL's form: a proxy, perhaps, or another server. */
export class NotGraphql extends SettError {
  override readonly name = "NotGraphql";
  readonly status: number;

  constructor(status: number) {
    super(answered("NOT_GRAPHQL", `What answered (${status}) is no GraphQL.`, { status }));
    this.status = status;
  }
}

/** There was no answer within the time that the call was given. */
export class TimedOut extends SettError {
  override readonly name = "TimedOut";

  constructor(timeoutMs: number) {
    super(answered("TIMED_OUT", `There was no answer within ${timeoutMs} ms.`, { timeoutMs }));
  }
}

/** The client that was asked has been disposed of; a change that it had sent may have been made all the same. */
export class ClientDisposed extends SettError {
  override readonly name = "ClientDisposed";

  constructor() {
    super(answered("CLIENT_DISPOSED", "The client was disposed of."));
  }
}

/** The connection of a subscription was closed for a reason that another try does not mend. */
export class ConnectionClosed extends SettError {
  override readonly name = "ConnectionClosed";
  readonly closeCode: number;

  constructor(closeCode: number, reason: string) {
    super(
      answered("CONNECTION_CLOSED", `The connection was closed with ${closeCode}. ${reason}`, { closeCode }),
    );
    this.closeCode = closeCode;
  }
}
