import { Arg, Query, Resolver } from "type-graphql";
import { boundless } from "../../src/budget.ts";
import { Public } from "../../src/permissions/can.ts";
import { Repo, toRepo } from "../../src/schema/repo.type.ts";
import { Login, RepositoryName } from "../../src/schema/scalars.ts";
import type { RepositoriesService } from "../../src/services/gitea/repositories.service.ts";

const caller = {
  credential: { kind: "token", token: "al-token" },
  key: "somebody",
  requestId: "unguarded",
  budget: boundless,
} as const;

/** Makes the product's `repo` query without its guard; one that remembers asks the upstream once only. */
export function unguardedResolver(repositories: RepositoriesService, remembers: boolean) {
  let remembered: Promise<Repo | undefined> | undefined;
  const ask = async (owner: string, name: string): Promise<Repo | undefined> => {
    const found = await repositories.repository(caller, { owner, name });
    return found && toRepo(found);
  };

  @Resolver()
  class UnguardedResolver {
    @Query(() => Repo, { nullable: true })
    @Public("It is measured against the guarded one.")
    repo(
      @Arg("owner", () => Login) owner: string,
      @Arg("name", () => RepositoryName) name: string,
    ): Promise<Repo | undefined> {
      return remembers ? (remembered ??= ask(owner, name)) : ask(owner, name);
    }
  }
  return UnguardedResolver;
}
