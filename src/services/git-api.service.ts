import { UpstreamUnavailable } from "../errors.ts";
import type { ProducerGrant } from "../permissions/grant.ts";
import type { Upstream } from "./http/upstream.ts";

/** The platform's wrapper around Gitea. It lets everybody do everything, so every call takes a grant. */
export interface GitApiService {
  /** Makes a repository of the producer's; false when it could not, which is also so when there is one already. */
  readonly createRepository: (grant: ProducerGrant<"admin">, name: string) => Promise<boolean>;
  /** Makes pushes to a repository known to the platform. It says so even when it failed. */
  readonly registerHook: (grant: ProducerGrant<"admin">, repository: string) => Promise<void>;
  /** Throws unless the service answers. */
  readonly ping: (requestId: string, timeoutMs: number) => Promise<void>;
}

export function createGitApiService(upstream: Upstream, prefix: string): GitApiService {
  const repository = (grant: ProducerGrant<"admin">, name: string) => [
    "users",
    prefix,
    grant.producer,
    "repos",
    name,
  ];

  return {
    createRepository: async (grant, name) => {
      const answer = await upstream.call({
        method: "PUT",
        path: repository(grant, name),
        requestId: grant.caller.requestId,
        askedBy: grant.caller.key,
        budget: grant.caller.budget,
        understands: [500],
      });
      return answer.status === 200;
    },

    registerHook: async (grant, name) => {
      const answer = await upstream.call({
        method: "PUT",
        path: [...repository(grant, name), "hook"],
        body: {},
        requestId: grant.caller.requestId,
        askedBy: grant.caller.key,
        budget: grant.caller.budget,
      });
      if (answer.status !== 200)
        throw new UpstreamUnavailable("git-api", `registering a hook answered ${answer.status}`);
    },

    ping: async (requestId, timeoutMs) => {
      const answer = await upstream.call({
        method: "GET",
        path: ["ping"],
        requestId,
        timeoutMs,
        isCheck: true,
      });
      if (answer.status !== 200)
        throw new UpstreamUnavailable("git-api", `GET /ping answered ${answer.status}`);
    },
  };
}
