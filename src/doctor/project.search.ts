import { z } from "zod";
import type { Examined } from "./examined.ts";

/** A project to look at the services of: somebody's first, or a producer's that was asked for. */
export interface FoundProject {
  readonly producer: string;
  readonly env: string;
  readonly owner: string;
  readonly repository: string;
}

const repositoryShape = z.object({
  name: z.string(),
  empty: z.boolean(),
  owner: z.object({ login: z.string() }),
});
const foundShape = z.object({ data: z.array(repositoryShape).nullable() });

/** Finds a project; undefined where there is none, or it cannot be looked for. */
export async function findProject(
  { gitea, grants, names }: Examined,
  producer: string | undefined,
): Promise<FoundProject | undefined> {
  const { caller } = grants.platform();
  const { environments } = names;
  if (producer !== undefined) {
    const [env = ""] = environments;
    const { owner, name } = names.projectRepository(producer, env);
    const answer = await gitea.asCaller({ method: "GET", path: ["repos", owner, name], caller });
    return answer.status === 200 ? { producer, env, owner, repository: name } : undefined;
  }
  for (const env of environments) {
    const query = { q: env, limit: "50", sort: "id", order: "asc" };
    const answer = await gitea.asCaller({ method: "GET", path: ["repos", "search"], query, caller });
    if (answer.status !== 200) return undefined;
    const found = (answer.as(foundShape).data ?? []).find(
      ({ name, owner, empty }) =>
        !empty && name.toLowerCase() === env && names.producerOf(owner.login) !== undefined,
    );
    const whose = found && names.producerOf(found.owner.login);
    if (found && whose !== undefined) {
      return { producer: whose, env, owner: found.owner.login, repository: found.name };
    }
  }
  return undefined;
}
