import { listOf, SettError, textOf } from "./sett.error.ts";

/** One thing wrong with the input: where, and what. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** What both sides changed: as it was, as it is, and as it was to be; null is what is not there. */
export interface ConflictingEntity {
  readonly entity: string;
  readonly base: unknown;
  readonly theirs: unknown;
  readonly mine: unknown;
}

/** Nobody is signed in, or the credential is not accepted. */
export class Unauthenticated extends SettError {
  override readonly name = "Unauthenticated";
}

/** One may read it and lacks `permission`. */
export class Forbidden extends SettError {
  override readonly name = "Forbidden";

  get permission(): string {
    return textOf(this.extensions["permission"]) ?? "";
  }
}

/** It does not exist, or one may not read it: the two look the same. */
export class NotFound extends SettError {
  override readonly name = "NotFound";
}

/** Something in the request is malformed; `problems` names each place. */
export class BadUserInput extends SettError {
  override readonly name = "BadUserInput";

  get problems(): readonly Problem[] {
    return listOf(this.extensions["problems"]) ?? [];
  }
}

/** Somebody changed it since it was read. */
export class Conflict extends SettError {
  override readonly name = "Conflict";

  /** What is there now, as its `sha` or its `revision`: the change is to start from that. */
  get current(): Readonly<Record<string, unknown>> {
    const current = this.extensions["current"];
    return typeof current === "object" && current !== null ? (current as Record<string, unknown>) : {};
  }

  /** What both sides changed, where the gateway can tell. */
  get entities(): readonly ConflictingEntity[] {
    return listOf(this.extensions["entities"]) ?? [];
  }
}

/** Too much at once. */
export class RateLimited extends SettError {
  override readonly name = "RateLimited";

  /** When to ask again. */
  get retryAfterMs(): number {
    const told = this.extensions["retryAfterMs"];
    return typeof told === "number" ? told : 1000;
  }
}

/** A service behind the gateway did not answer properly. */
export class UpstreamUnavailable extends SettError {
  override readonly name = "UpstreamUnavailable";

  get upstream(): string {
    return textOf(this.extensions["upstream"]) ?? "";
  }

  /** What was done of a change that takes several steps. */
  get done(): readonly string[] | undefined {
    return listOf(this.extensions["done"]);
  }

  /** What was not done of it. */
  get missing(): readonly string[] | undefined {
    return listOf(this.extensions["missing"]);
  }

  /** What could not be put back. */
  get notUndone(): readonly string[] | undefined {
    return listOf(this.extensions["notUndone"]);
  }
}

/** A service behind the gateway understood and refused. */
export class UpstreamRejected extends SettError {
  override readonly name = "UpstreamRejected";

  get upstream(): string {
    return textOf(this.extensions["upstream"]) ?? "";
  }
}

/** The gateway does not know the document's hash; the client sends the text then, so that few ever see this. */
export class UnknownDocument extends SettError {
  override readonly name = "UnknownDocument";
}

/** The document cannot run: it does not fit the gateway's schema, as one of another version may. */
export class InvalidDocument extends SettError {
  override readonly name = "InvalidDocument";
}

/** Something broke in the gateway; `requestId` is what to tell whoever runs it. */
export class InternalServerError extends SettError {
  override readonly name = "InternalServerError";
}
