import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { NotFound } from "../errors.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { RepositoryGrant } from "../permissions/grant.ts";
import type { Branch, Commit } from "../schema/history.type.ts";
import { BranchConnection, CommitConnection } from "../schema/history.type.ts";
import { PageArguments, toConnection, windowOf, type ConnectionOf } from "../schema/connection.type.ts";
import { Repo, toRepo } from "../schema/repo.type.ts";
import { RepoFile, toRepoFile } from "../schema/repo-file.type.ts";
import { FilePath, GitReference, Login, RepositoryName } from "../schema/scalars.ts";
import { permissionArgument, viewerCan } from "./viewer-can.ts";

@Resolver(() => Repo)
export class RepoResolver {
  @Query(() => Repo, { nullable: true, description: "A repository, by its owner and name." })
  @Can("repo:read", { on: "args" })
  repo(
    @Granted() grant: RepositoryGrant,
    @Arg("owner", () => Login, { description: "The account that owns it." }) _owner: string,
    @Arg("name", () => RepositoryName, { description: "Its name." }) _name: string,
    @Ctx() context: SignedIn,
  ): Promise<Repo> {
    return readRepo(context, grant);
  }

  @FieldResolver(() => BranchConnection, {
    nullable: true,
    description: "Its branches. A new one may take some seconds to be listed.",
  })
  @Can("repo:read", { on: "parent" })
  async branches(
    @Granted() grant: RepositoryGrant,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: SignedIn,
  ): Promise<ConnectionOf<Branch>> {
    const window = windowOf(page);
    const branches = context.services.history.branches(grant, window);
    return toConnection(await stillThere(context, grant, branches), window);
  }

  @FieldResolver(() => CommitConnection, { nullable: true, description: "Its commits, newest first." })
  @Can("repo:read", { on: "parent" })
  async commits(
    @Granted() grant: RepositoryGrant,
    @Args(() => PageArguments) page: PageArguments,
    @Arg("path", () => FilePath, { nullable: true, description: "Only those that changed this file." })
    path: string | null | undefined,
    @Arg("ref", () => GitReference, {
      nullable: true,
      description: "Those before this branch, tag or commit; the default branch when left out.",
    })
    ref: string | null | undefined,
    @Ctx() context: SignedIn,
  ): Promise<ConnectionOf<Commit>> {
    const window = windowOf(page);
    const of = { path: path ?? undefined, ref: ref ?? undefined };
    const commits = context.services.history.commits(grant, of, window);
    return toConnection(await stillThere(context, grant, commits), window);
  }

  @FieldResolver(() => RepoFile, { nullable: true, description: "A file in it." })
  @Can("repo:read", { on: "parent" })
  async file(
    @Granted() grant: RepositoryGrant,
    @Arg("path", () => FilePath, { description: "Where in the repository." }) path: string,
    @Arg("ref", () => GitReference, {
      nullable: true,
      description: "At which branch, tag or commit; the default branch when left out.",
    })
    ref: string | null | undefined,
    @Ctx() context: SignedIn,
  ): Promise<RepoFile> {
    return toRepoFile(await stillThere(context, grant, readFile(context, grant, path, ref ?? undefined)));
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether you have a permission over this repository.",
  })
  @Can("repo:read", { on: "parent" })
  viewerCan(
    @Granted() _grant: RepositoryGrant,
    @Arg("permission", () => String, { description: permissionArgument }) permission: string,
    @Root() repo: Repo,
    @Ctx() context: SignedIn,
  ): Promise<boolean> {
    return viewerCan(context, ["repo"], permission, repo);
  }
}

/** The repository that a grant is about. */
export async function readRepo(
  { lookups }: Pick<SignedIn, "lookups">,
  grant: RepositoryGrant,
): Promise<Repo> {
  const repository = await lookups.repository(grant, "recent");
  if (!repository) throw new NotFound("repository");
  return toRepo(repository);
}

async function readFile(
  { services }: SignedIn,
  grant: RepositoryGrant,
  path: string,
  ref: string | undefined,
) {
  const file = await services.files.file(grant, path, ref);
  if (!file) throw new NotFound("file");
  return file;
}

/** What is not found in a repository may be gone with the right to it, which is then what is told. */
async function stillThere<Part>(
  { policy }: SignedIn,
  grant: RepositoryGrant,
  part: Promise<Part>,
): Promise<Part> {
  try {
    return await part;
  } catch (error) {
    if (error instanceof NotFound) await policy.require("repo:read", grant, "fresh");
    throw error;
  }
}
