import { namedEntities } from "../../live/change.entities.ts";
import type { ProjectChanged, PushHeard } from "../../live/live-events.ts";
import { nameRules } from "../../names.ts";
import type { PushedCommits } from "../gitea/pushed.commits.ts";
import type { RepositoryRole } from "./producer.repository.ts";

/** What a file belongs to, as changes name it: a function is the folder of its name. */
function entityOf(path: string, { audience }: RepositoryRole): string {
  const folder = path.includes("/") ? path.slice(0, path.indexOf("/")) : undefined;
  const isFunction =
    audience === "functions" && folder !== undefined && nameRules.FunctionName.accepts(folder);
  return isFunction ? `functions/${folder}` : `files/${path}`;
}

interface Told {
  readonly push: PushHeard;
  readonly role: RepositoryRole;
  /** Undefined when nobody could be asked. */
  readonly details: PushedCommits | undefined;
  /** The addresses that the platform itself commits with. */
  readonly platformCommitters: readonly string[];
}

/** A push as the people of an environment are told of it. */
export function pushChange(env: string, { push, role, details, platformCommitters }: Told): ProjectChanged {
  const isOurs = (address: string) => platformCommitters.includes(address.toLowerCase());
  return {
    producer: push.producer,
    env,
    audience: role.audience,
    kind: "PUSH",
    by: push.by ?? details?.authorLogin,
    ...namedEntities((details?.paths ?? []).map((path) => entityOf(path, role))),
    revision: undefined,
    push: {
      branch: push.branch,
      commit: push.after,
      author: details?.authorName,
      isExternal: details ? !details.committers.every(isOurs) : push.isExternal,
    },
  };
}
