import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { boundless, type Budget } from "../budget.ts";
import type { Context, Live, SignedIn } from "../context.ts";
import { SettError, Unauthenticated } from "../errors.ts";
import { createLookups } from "../loaders/lookups.ts";
import type { Memory } from "../loaders/memory.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { nameRules } from "../names.ts";
import type { AuditNotes } from "../permissions/audit.notes.ts";
import type { Caller, Credential } from "../permissions/caller.ts";
import type { PlatformNames } from "../permissions/platform-names.ts";
import { createPolicy } from "../permissions/policy.ts";
import type { Services } from "../services/services.ts";
import type { Tracing } from "../tracing/tracing.ts";
import type { Admission } from "./admission/admission.ts";
import type { Allowances } from "./admission/allowances.ts";
import type { Operations } from "./operations/operations.ts";
import { credentialKey, type IdentityStrategy } from "./identity.ts";

/** What all requests share. */
export interface Shared {
  readonly services: Services;
  readonly memory: Memory;
  readonly names: PlatformNames;
  readonly strategies: readonly IdentityStrategy[];
  readonly log: Log;
  readonly metrics: Metrics;
  readonly operations: Operations;
  readonly admission: Admission;
  readonly allowances: Allowances;
  /** How long a query may take. */
  readonly operationTimeoutMs: number;
  /** Longest answer, in characters. */
  readonly answerLimit: number;
  readonly audit: AuditNotes;
  /** Undefined where nobody collects traces. */
  readonly tracing?: Tracing | undefined;
}

const unreadable =
  "The Authorization header holds no credential that is taken here: send `token …` or `Bearer …` with a Gitea token.";

const nobody = "Nobody on this platform can have the identity that was shown.";

const idForm = /^[A-Za-z0-9._-]{8,100}$/;

/** The request's id: the one it came with, if it is one, so that it can be followed from further out. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && idForm.test(given) ? given : randomUUID();
}

interface Recognised {
  readonly credential: Credential | undefined;
  readonly refusal: SettError | undefined;
  readonly identifiedBy: string | undefined;
}

function checked(credential: Credential, identifiedBy: string): Recognised {
  // Without a proper name to act for, Gitea would take the gateway's own token for the gateway itself: an admin.
  return credential.kind === "sudo" && !nameRules.Login.accepts(credential.login)
    ? { credential: undefined, refusal: new Unauthenticated(nobody), identifiedBy }
    : { credential, refusal: undefined, identifiedBy };
}

/** A strategy may know its kind of credential and refuse this one; no other is asked then. */
function refused(error: unknown, identifiedBy: string): Recognised {
  if (error instanceof SettError) return { credential: undefined, refusal: error, identifiedBy };
  throw error;
}

/** Without a promise, unless a strategy takes its time: nearly every request is recognised by its header. */
function recognise(
  strategies: readonly IdentityStrategy[],
  headers: IncomingHttpHeaders,
  first = 0,
): Recognised | Promise<Recognised> {
  const strategy = strategies[first];
  if (!strategy) {
    const refusal = headers.authorization === undefined ? undefined : new Unauthenticated(unreadable);
    return { credential: undefined, refusal, identifiedBy: undefined };
  }
  const { name } = strategy;
  // One after the other on purpose: the first that recognises the request decides.
  const next = (credential: Credential | undefined) =>
    credential ? checked(credential, name) : recognise(strategies, headers, first + 1);
  try {
    const shown = strategy.recognise(headers);
    return shown instanceof Promise
      ? shown.then(next, (error: unknown) => refused(error, name))
      : next(shown);
  } catch (error) {
    return refused(error, name);
  }
}

/** What of one request its context rests on. */
interface Asked {
  readonly requestId: string;
  readonly headers: IncomingHttpHeaders;
  readonly budget?: Budget;
  /** What it came over, where others come as well: what is shown there is mostly the same. */
  readonly connection?: object;
}

function signIn(credential: Credential, asked: Asked, shared: Shared): SignedIn {
  const { requestId, budget = boundless, connection } = asked;
  const { services, memory, names, metrics, tracing } = shared;
  const caller: Caller = { credential, key: credentialKey(credential, connection), requestId, budget };
  const lookups = createLookups(caller, memory, services);
  return {
    caller,
    lookups,
    services,
    names,
    policy: createPolicy({ caller, lookups, names, metrics, tracing }),
  };
}

/** What of a request's context is its own. */
type Own = Pick<Context, "requestId" | "traceId" | "signedIn" | "refusal" | "identifiedBy" | "audit">;

/** A class: its log is made for the few that have more to say than how they went. */
export class RequestContext implements Context {
  readonly requestId: string;
  readonly traceId: string | undefined;
  readonly signedIn: SignedIn | undefined;
  readonly refusal: SettError | undefined;
  readonly identifiedBy: string | undefined;
  readonly audit: AuditNotes;
  readonly live: Live | undefined;
  // Not private to the class itself: the server hands on copies, which have its methods and none of that.
  private readonly sharedLog: Log;
  private ownLog: Log | undefined;

  constructor(own: Own, log: Log, live: Live | undefined) {
    const { requestId, traceId, signedIn, refusal, identifiedBy, audit } = own;
    this.requestId = requestId;
    this.traceId = traceId;
    this.signedIn = signedIn;
    this.refusal = refusal;
    this.identifiedBy = identifiedBy;
    this.audit = audit;
    this.live = live;
    this.sharedLog = log;
  }

  get log(): Log {
    return (this.ownLog ??= this.sharedLog.child({ requestId: this.requestId, traceId: this.traceId }));
  }

  /** The same of what goes on after its request. */
  goingOn(live: Live): Context {
    return new RequestContext(this, this.sharedLog, live);
  }
}

/** Makes what one request carries. Gitea is asked nothing yet. */
export function createContext(asked: Asked, shared: Shared): RequestContext | Promise<RequestContext> {
  const traceId = shared.tracing?.current()?.place.traceId;
  const { requestId } = asked;
  const { audit, log } = shared;
  const make = ({ credential, refusal, identifiedBy }: Recognised) => {
    const signedIn = credential && signIn(credential, asked, shared);
    const own = { requestId, traceId, signedIn, refusal, identifiedBy, audit };
    return new RequestContext(own, log, undefined);
  };
  const recognised = recognise(shared.strategies, asked.headers);
  return recognised instanceof Promise ? recognised.then(make) : make(recognised);
}

/** Why nobody can be recognised any more by what was shown, if so. */
export async function whyNobody(
  headers: IncomingHttpHeaders,
  { strategies }: Pick<Shared, "strategies">,
): Promise<SettError | undefined> {
  const { credential, refusal = new Unauthenticated() } = await recognise(strategies, headers);
  // Where nobody can say who it is, what was shown may count as before.
  return credential || refusal.code !== "UNAUTHENTICATED" ? undefined : refusal;
}
