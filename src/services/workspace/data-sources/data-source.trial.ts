import { NotFound, UpstreamUnavailable } from "../../../errors.ts";
import type { ProjectGrant } from "../../../permissions/grant.ts";
import { reasonOf } from "../loopback.answer.ts";
import type { WorkspaceAccess } from "../workspace.access.ts";
import type { ConnectionTest } from "../workspace-api.client.ts";
import { contentOf } from "./data-source.reader.ts";
import { named, type DataSourceStore } from "./data-source.store.ts";
import { withoutSecretsOf } from "./secret.rule.ts";
import { secretsIn } from "./secrets.ts";

/** Tries whether a data source can be connected to; what its driver says is told without secrets. */
export type Trial = (grant: ProjectGrant<"write">, name: string) => Promise<ConnectionTest>;

/** Whether a message is about files that somebody was writing just then: it says nothing of the database. */
const isHalfWritten = ({ message = "" }: { readonly message?: string }) =>
  /^Cannot parse \S{1,200}\.json\b/.test(message);

export function createTrial(access: WorkspaceAccess, store: DataSourceStore): Trial {
  /** Looked up in turn and tried without one: what a driver takes its time for is no reason to let writers wait. */
  const tried = async (grant: ProjectGrant<"write">, name: string) => {
    const stored = await access.read(grant, async () => named(await store.look(grant), name));
    if (!stored) throw new NotFound("data source");
    return { stored, ...(await store.test(grant, stored)) };
  };

  return async (grant, name) => {
    const first = await tried(grant, name);
    const last = isHalfWritten(first) ? await tried(grant, name) : first;
    const { stored, connects, message } = last;
    if (message === undefined) return { connects };
    if (isHalfWritten(last)) {
      throw new UpstreamUnavailable("workspace-api", "the project was being written all along");
    }
    return { connects, message: reasonOf(withoutSecretsOf(message, secretsIn(contentOf(stored)))) };
  };
}
