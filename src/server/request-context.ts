import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { boundless, type Budget } from "../budget.ts";
import type { Context, SignedIn } from "../context.ts";
import { SettError, Unauthenticated } from "../errors.ts";
import { createLookups } from "../loaders/lookups.ts";
import type { Memory } from "../loaders/memory.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { nameRules } from "../names.ts";
import type { Caller, Credential } from "../permissions/caller.ts";
import type { PlatformNames } from "../permissions/platform-names.ts";
import { createPolicy } from "../permissions/policy.ts";
import type { Services } from "../services/services.ts";
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
}

async function recognise(
  strategies: readonly IdentityStrategy[],
  headers: IncomingHttpHeaders,
): Promise<Recognised> {
  try {
    for (const strategy of strategies) {
      // One after the other on purpose: the first that recognises the request decides.
      const credential = await strategy.recognise(headers);
      if (!credential) continue;
      // Without a proper name to act for, Gitea would take the gateway's own token for the gateway itself: an admin.
      if (credential.kind === "sudo" && !nameRules.Login.accepts(credential.login))
        throw new Unauthenticated(nobody);
      return { credential, refusal: undefined };
    }
  } catch (error) {
    // A strategy may know its kind of credential and refuse this one; no other is asked then.
    if (error instanceof SettError) return { credential: undefined, refusal: error };
    throw error;
  }
  const refusal = headers.authorization === undefined ? undefined : new Unauthenticated(unreadable);
  return { credential: undefined, refusal };
}

interface Asked {
  readonly requestId: string;
  readonly budget: Budget;
}

function signIn(credential: Credential, { requestId, budget }: Asked, shared: Shared): SignedIn {
  const { services, memory, names, metrics } = shared;
  const caller: Caller = { credential, key: credentialKey(credential), requestId, budget };
  const lookups = createLookups(caller, memory, services);
  return { caller, lookups, services, names, policy: createPolicy({ caller, lookups, names, metrics }) };
}

/** Makes what one request carries. Nobody is asked anything yet. */
export async function createContext(
  requestId: string,
  headers: IncomingHttpHeaders,
  shared: Shared,
  budget = boundless,
): Promise<Context> {
  const { credential, refusal } = await recognise(shared.strategies, headers);
  let log: Log | undefined;
  return {
    requestId,
    // Most requests have nothing to say but how they went.
    get log() {
      return (log ??= shared.log.child({ requestId }));
    },
    signedIn: credential && signIn(credential, { requestId, budget }, shared),
    refusal,
    live: undefined,
  };
}

/** Why nobody can be recognised any more by what was shown, if so. */
export async function whyNobody(
  headers: IncomingHttpHeaders,
  { strategies }: Pick<Shared, "strategies">,
): Promise<SettError | undefined> {
  const { credential, refusal } = await recognise(strategies, headers);
  return credential ? undefined : (refusal ?? new Unauthenticated());
}
