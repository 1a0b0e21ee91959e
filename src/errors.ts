import { GraphQLError } from "graphql";

/** Every code an answer's error may carry, with what it means; `docs/errors.md` is held to this table. */
export const errorCodes = {
  UNAUTHENTICATED: "Nobody is signed in, or the credential is not accepted.",
  FORBIDDEN: "You can read the thing but lack the named permission.",
  NOT_FOUND: "It does not exist, or you cannot read it: the two look the same.",
  BAD_USER_INPUT: "Something in the request is malformed; `problems` names each place.",
  CONFLICT: "Somebody changed it since you read it; `current` is what is there now.",
  RATE_LIMITED: "Too much at once; try again after `retryAfterMs`.",
  UPSTREAM_UNAVAILABLE: "A service behind the gateway (`upstream`) did not answer properly.",
  UPSTREAM_REJECTED: "A service behind the gateway (`upstream`) understood and refused.",
  PERSISTED_QUERY_NOT_FOUND: "No document of this hash is registered; send its text.",
  PERSISTED_QUERY_NOT_SUPPORTED: "Hashes of documents that are not registered are not taken; send texts.",
  INTERNAL_SERVER_ERROR: "Something broke in the gateway; quote `requestId` to whoever runs it.",
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** One thing wrong with the input: where, and what. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** The services behind the gateway, by the names that errors, logs and metrics use. */
export type UpstreamName =
  | "gitea"
  | "git-api"
  | "configstore"
  | "project-api"
  | "workspace-api"
  | "running-project"
  | "sls-api"
  | "gateway-admin"
  | "issuer"
  | "redis"
  | "kubernetes";

/** Base of all errors that may leave the gateway as they are; anything else is masked. */
export abstract class SettError extends GraphQLError {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message, { extensions: { code, ...details } });
    this.code = code;
    this.name = new.target.name;
  }

  /** The same error, telling more. */
  with(details: Record<string, unknown>): this {
    Object.assign(this.extensions, details);
    return this;
  }
}

export class Unauthenticated extends SettError {
  constructor(message = "Sign in: send a Gitea token in the Authorization header.") {
    super("UNAUTHENTICATED", message);
  }
}

export class Forbidden extends SettError {
  constructor(permission: string, message = `This needs the permission ${permission}.`) {
    super("FORBIDDEN", message, { permission });
  }
}

/** Built fresh wherever something is hidden, never from the refusal, so that the two cannot differ. */
export class NotFound extends SettError {
  constructor(noun: string) {
    super("NOT_FOUND", `There is no such ${noun}, or you cannot read it.`);
  }
}

export class BadUserInput extends SettError {
  constructor(problems: readonly Problem[]) {
    super("BAD_USER_INPUT", problems.map(({ field, message }) => `${field}: ${message}`).join("; "), {
      problems,
    });
  }
}

export class Conflict extends SettError {
  constructor(
    message: string,
    current: Record<string, unknown>,
    entities?: readonly Record<string, unknown>[],
  ) {
    super("CONFLICT", message, { current, ...(entities ? { entities } : {}) });
  }
}

export class RateLimited extends SettError {
  constructor(retryAfterMs: number, message = "Too much at once; try again a little later.") {
    super("RATE_LIMITED", message, { retryAfterMs });
  }
}

/** In the words that clients wait for who send the hash of a document first, and its text when they are told so. */
export class UnknownDocument extends SettError {
  constructor(hashesAre: "not found" | "not supported") {
    if (hashesAre === "not found") super("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound");
    else super("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported");
  }
}

export class UpstreamUnavailable extends SettError {
  readonly upstream: UpstreamName;
  /** What went wrong, for the log only: it may hold addresses. */
  readonly reason: string;

  constructor(upstream: UpstreamName, reason: string, details: Record<string, unknown> = {}) {
    super("UPSTREAM_UNAVAILABLE", `The service ${upstream} is not available; try again later.`, {
      upstream,
      ...details,
    });
    this.upstream = upstream;
    this.reason = reason;
  }
}

/** A call that goes on although nobody waits for it any longer: what becomes of it is open until it is over. */
export class StillUnderway extends UpstreamUnavailable {
  readonly over: Promise<void>;

  constructor(upstream: UpstreamName, reason: string, over: Promise<void>) {
    super(upstream, reason);
    this.over = over;
  }
}

export class UpstreamRejected extends SettError {
  constructor(upstream: UpstreamName, message: string) {
    super("UPSTREAM_REJECTED", message, { upstream });
  }
}
