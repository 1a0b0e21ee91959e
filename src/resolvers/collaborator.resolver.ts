import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { Level } from "../permissions/catalogue.ts";
import type { RepositoryGrant } from "../permissions/grant.ts";
import {
  Collaborator,
  CollaboratorConnection,
  RemoveCollaboratorInput,
  SetCollaboratorInput,
  SetCollaboratorPayload,
} from "../schema/collaborator.type.ts";
import { PageArguments, toConnection, windowOf, type ConnectionOf } from "../schema/connection.type.ts";
import { PermissionLevel, toPermissionLevel } from "../schema/permission-level.enum.ts";
import { Repo } from "../schema/repo.type.ts";
import { toUser } from "../schema/user.type.ts";

@Resolver(() => Repo)
export class RepoCollaboratorsResolver {
  @FieldResolver(() => CollaboratorConnection, { nullable: true, description: "Who else was let in." })
  @Can("repo:admin", { on: "parent" })
  async collaborators(
    @Granted() grant: RepositoryGrant<"admin">,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { services }: SignedIn,
  ): Promise<ConnectionOf<Collaborator>> {
    const window = windowOf(page);
    const { items, total } = await services.collaborators.list(grant, window);
    const { owner, name } = grant;
    return toConnection(
      { items: items.map((person) => ({ owner, name, user: toUser(person) })), total },
      window,
    );
  }
}

@Resolver(() => Collaborator)
export class CollaboratorResolver {
  @FieldResolver(() => PermissionLevel, {
    nullable: true,
    description: "What they may do; null when they were let out just now.",
  })
  @Can("repo:admin", { on: "parent" })
  async level(
    @Granted() grant: RepositoryGrant<"admin">,
    @Root() { user }: Collaborator,
    @Ctx() { services }: SignedIn,
  ): Promise<PermissionLevel | undefined> {
    const level = await services.collaborators.levelOf(grant, user.login);
    return level && toPermissionLevel(level);
  }

  @Mutation(() => SetCollaboratorPayload, {
    nullable: true,
    description: "Lets somebody into a repository, or changes what they may do there. Takes effect at once.",
  })
  @Can("repo:admin", { on: "input.repo" })
  async setCollaborator(
    @Granted() grant: RepositoryGrant<"admin">,
    @Arg("input", () => SetCollaboratorInput, { description: "Whom, where and how far." })
    { login, level }: SetCollaboratorInput,
    @Ctx() { services, policy }: SignedIn,
  ): Promise<SetCollaboratorPayload> {
    const sharing = services.sharing.share([grant], login, level);
    return payload(grant, login, await sharing.finally(() => policy.forget(grant)));
  }

  @Mutation(() => SetCollaboratorPayload, {
    nullable: true,
    description: "Takes somebody's rights to a repository away. Takes effect at once; safe to repeat.",
  })
  @Can("repo:admin", { on: "input.repo" })
  async removeCollaborator(
    @Granted() grant: RepositoryGrant<"admin">,
    @Arg("input", () => RemoveCollaboratorInput, { description: "Whom, and where." })
    { login }: RemoveCollaboratorInput,
    @Ctx() { services, policy }: SignedIn,
  ): Promise<SetCollaboratorPayload> {
    const sharing = services.sharing.unshare([grant], login);
    return payload(grant, login, await sharing.finally(() => policy.forget(grant)));
  }
}

function payload(
  { owner, name }: RepositoryGrant,
  login: string,
  [level]: readonly (Level | undefined)[],
): SetCollaboratorPayload {
  return { owner, name, login, ...(level ? { level: toPermissionLevel(level) } : {}) };
}
