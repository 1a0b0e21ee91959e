import { randomUUID } from "node:crypto";
import type { Answer } from "../services/http/upstream.ts";
import type { Examined } from "./examined.ts";
import { ok, warning, wrong, type Told } from "./finding.ts";
import { reasonOf, type AskGitea } from "./gitea.asking.ts";

/** The scopes that a refusal asks for, in Gitea's words. */
function missingIn(answer: Answer): readonly string[] {
  if (answer.status !== 403) return [];
  const reason = reasonOf(answer);
  const listed = /required scope\(s\): \[(?<scopes>[^\]]*)\]/.exec(reason)?.groups?.["scopes"];
  // Other versions say it in other words.
  return listed?.split(/[\s,]+/).filter(Boolean) ?? [`"${reason}"`];
}

/**
 * What the token may be used for. A scope to write shows in how a change is refused of a repository that cannot be there:
 * nothing is written.
 */
export async function checkScopes(
  { config, addresses }: Examined,
  ask: AskGitea,
  login: string,
): Promise<readonly Told[]> {
  const nowhere = ["repos", login, `no-such-${randomUUID()}`];
  const actsForPeople = addresses.oidc !== undefined;
  const isActualized = config.ACTUALIZER && addresses.kubernetes !== undefined;
  const [repositories, accounts, writing] = await Promise.all([
    ask({ path: ["user", "repos"], query: { limit: "1" } }),
    ask({ path: ["admin", "users"], query: { limit: "1" } }),
    actsForPeople ? ask({ method: "PATCH", path: nowhere, body: {} }) : undefined,
  ]);
  const needed = [
    ...missingIn(repositories),
    ...(isActualized ? missingIn(accounts) : []),
    ...(writing ? missingIn(writing) : []),
  ];
  const useful = isActualized ? [] : missingIn(accounts);
  if (needed.length > 0) {
    const list = [...new Set(needed)].join(", ");
    return [
      wrong(
        "GITEA_TOKEN's scopes",
        `the token lacks ${list}.`,
        `Make one with these scopes as well, or with all, and set GITEA_TOKEN to it; a token's scopes cannot be changed.`,
      ),
    ];
  }
  if (useful.length > 0) {
    return [
      warning(
        "GITEA_TOKEN's scopes",
        `the token lacks ${useful.join(", ")}, which an actualizer with the same token needs.`,
        "Set GITEA_TOKEN to a token with this scope, too, before an actualizer runs.",
      ),
    ];
  }
  return [ok("GITEA_TOKEN's scopes", "it has those that are needed.")];
}
