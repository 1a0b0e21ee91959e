import { randomUUID } from "node:crypto";
import { z } from "zod";
import { UpstreamUnavailable } from "../errors.ts";
import type { Answer, Call } from "../services/http/upstream.ts";
import type { Examined } from "./examined.ts";

const refusalShape = z.object({ message: z.string() });

/** Gitea's API as the gateway's own token is answered, refusals included. */
export type AskGitea = (
  call: Pick<Call, "path" | "query" | "headers" | "body"> & Partial<Call>,
) => Promise<Answer>;

export function askingGitea({ upstreams, addresses }: Examined): AskGitea {
  const requestId = `doctor-${randomUUID()}`;
  return ({ path, headers, ...call }) =>
    upstreams.gitea.call({
      method: "GET",
      ...call,
      path: ["api", "v1", ...path],
      headers: { ...headers, authorization: `token ${addresses.giteaToken}` },
      requestId,
    });
}

/** The reason that a refusal gives, as Gitea words it; another's page is no refusal of Gitea's. */
export function reasonOf(answer: Answer): string {
  if (!String(answer.headers["content-type"]).startsWith("application/json")) {
    throw new UpstreamUnavailable("gitea", "a page that is not Gitea's was answered");
  }
  return answer.as(refusalShape).message.slice(0, 200);
}
