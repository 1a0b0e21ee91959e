import { Forbidden, Unauthenticated, UpstreamRejected, UpstreamUnavailable } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Caller } from "../../permissions/caller.ts";
import type { Answer, Call, Upstream } from "../http/upstream.ts";
import { messageShape } from "./shapes.ts";

/** A call made for somebody, with what they showed. */
export interface GiteaCall extends Omit<Call, "requestId" | "askedBy" | "headers" | "budget"> {
  readonly caller: Caller;
  /** Whose eyes to look through; Gitea allows it to site admins only. */
  readonly throughTheEyesOf?: string;
}

/** Gitea's API, spoken as the caller, or in the few named places as the gateway itself. */
export interface GiteaClient {
  readonly asCaller: (call: GiteaCall) => Promise<Answer>;
  /** With the gateway's own token, for nobody: to see whether Gitea is ready. */
  readonly asGateway: (call: Omit<Call, "headers">) => Promise<Answer>;
}

const notAccepted = "Gitea does not accept this credential: it may have been revoked or have expired.";
const tooNarrow =
  "Gitea does not let this token or account through: check the token's scopes and the account.";

/** What is sent to show who is calling; an identity without a credential of Gitea's goes by the gateway's. */
function credentialHeaders(caller: Caller, ownToken: string): Record<string, string> {
  return caller.credential.kind === "token"
    ? { authorization: `token ${caller.credential.token}` }
    : { authorization: `token ${ownToken}`, sudo: caller.credential.login };
}

const isJson = ({ headers }: Answer) => String(headers["content-type"]).startsWith("application/json");

export function createGiteaClient(upstream: Upstream, ownToken: string, log: Log): GiteaClient {
  const refuseOwnToken = (status: number, requestId: string) => {
    log.error({ upstream: "gitea", requestId, status }, "Gitea refuses the gateway's own token");
    return new UpstreamUnavailable("gitea", `the gateway's own token was answered ${status}`);
  };

  return {
    asCaller: async ({ caller, path, throughTheEyesOf, ...call }) => {
      const answer = await upstream.call({
        ...call,
        path: ["api", "v1", ...path],
        requestId: caller.requestId,
        askedBy: caller.key,
        budget: caller.budget,
        headers: {
          ...credentialHeaders(caller, ownToken),
          ...(throughTheEyesOf === undefined ? {} : { sudo: throughTheEyesOf }),
        },
      });
      if (answer.status === 404 && !isJson(answer)) {
        // Gitea says in JSON that something is absent; a page in its place is somebody else's, in front of it.
        throw new UpstreamUnavailable("gitea", "a page that is not Gitea's was answered");
      }
      if (answer.status !== 401) return answer;
      throw caller.credential.kind === "token"
        ? new Unauthenticated(notAccepted)
        : refuseOwnToken(answer.status, caller.requestId);
    },
    asGateway: async ({ path, ...call }) => {
      const answer = await upstream.call({
        ...call,
        path: ["api", "v1", ...path],
        headers: { authorization: `token ${ownToken}` },
      });
      if (answer.status === 401 || answer.status === 403) throw refuseOwnToken(answer.status, call.requestId);
      return answer;
    },
  };
}

/** For a call that Gitea refuses to every account or token of this kind, whatever it asks for. */
export function refusedToken(permission?: string): Unauthenticated | Forbidden {
  return permission === undefined ? new Unauthenticated(tooNarrow) : new Forbidden(permission, tooNarrow);
}

/** For an answer whose status the gateway has no meaning for. */
export function unexpected(answer: Answer, what: string): UpstreamUnavailable {
  return new UpstreamUnavailable("gitea", `${what} answered ${answer.status}`);
}

/** For something Gitea understood and will not do: its reason, without the internals it puts in brackets. */
export function rejected(answer: Answer): UpstreamRejected {
  const reason = answer
    .as(messageShape)
    .message.replace(/\s*\[[^\]]*\]/g, "")
    .trim()
    .slice(0, 200);
  return new UpstreamRejected("gitea", `Gitea refuses: ${reason || "it gives no reason"}`);
}
