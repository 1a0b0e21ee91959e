import type { IncomingHttpHeaders } from "node:http";
import { randomNonce, randomPKCECodeVerifier, randomState } from "openid-client";
import { z } from "zod";
import type { Agreed } from "./authorization.server.ts";
import { flowMs, type SignInCookies } from "./cookies.ts";
import { createSeal } from "./seal.ts";

const flowShape = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
});

/** A sign-in that is under way: what was agreed with Gitea, and where to go on afterwards. */
export interface Flow extends Agreed {
  readonly returnTo: string;
}

/** Sign-ins that are under way: each is in a cookie of its own, so that several tabs do not get in each other's way. */
export interface Flows {
  readonly begin: (returnTo: string) => Flow;
  /** The cookies to set. */
  readonly keep: (flow: Flow, headers: IncomingHttpHeaders) => Promise<readonly string[]>;
  /** The one that a state belongs to, if this browser began it, and not too long ago. */
  readonly find: (state: string, headers: IncomingHttpHeaders) => Promise<Flow | undefined>;
}

export function createFlows(secrets: readonly string[], cookies: SignInCookies): Flows {
  const { seal, open } = createSeal(secrets, "sign-in", flowShape);
  return {
    begin: (returnTo) => ({
      ...{ state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() },
      returnTo,
    }),
    keep: async (flow, headers) => [
      ...cookies.makeRoom(headers),
      cookies.setFlow(flow.state, await seal(flow, Date.now() + flowMs)),
    ],
    find: async (state, headers) => {
      const sealed = cookies.flow(headers, state);
      const flow = sealed === undefined ? undefined : await open(sealed);
      return flow?.state === state ? flow : undefined;
    },
  };
}
