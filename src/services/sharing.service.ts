import { BadUserInput, SettError, UpstreamRejected, UpstreamUnavailable } from "../errors.ts";
import type { Level } from "../permissions/catalogue.ts";
import type { RepositoryGrant } from "../permissions/grant.ts";
import type { CollaboratorsService } from "./gitea/collaborators.service.ts";
import type { WriteQueue } from "./write-queue.ts";

type Grants = readonly RepositoryGrant<"admin">[];

/** What somebody may do with each of some repositories. */
type Levels = readonly (Level | undefined)[];

/** Lets people into a project, which is several repositories of one owner, as if it were one thing. */
export interface SharingService {
  /** Gives somebody the same rights to all of them, or leaves all as they were; says what they now may. */
  readonly share: (grants: Grants, login: string, level: Level) => Promise<Levels>;
  /** Takes somebody's rights to all of them away, or leaves all as they were; says what they may all the same. */
  readonly unshare: (grants: Grants, login: string) => Promise<Levels>;
}

const nameOf = (grant: RepositoryGrant) => `${grant.owner}/${grant.name}`;

/** What somebody's rights were by name, so that they can be put back. */
interface Before {
  readonly grant: RepositoryGrant<"admin">;
  readonly level: Level | undefined;
}

/** Only a plain refusal tells that nothing was changed. */
const mayHaveChanged = (result: PromiseSettledResult<unknown> | undefined) =>
  result?.status === "fulfilled" ||
  result?.reason instanceof UpstreamUnavailable ||
  result?.reason instanceof UpstreamRejected;

export function createSharingService(collaborators: CollaboratorsService, queue: WriteQueue): SharingService {
  const before = async (grant: RepositoryGrant<"admin">, login: string): Promise<Before> => {
    const included = await collaborators.includes(grant, login);
    return { grant, level: included ? await collaborators.levelOf(grant, login) : undefined };
  };

  const apply = (grant: RepositoryGrant<"admin">, login: string, level: Level | undefined) =>
    level ? collaborators.set(grant, login, level) : collaborators.remove(grant, login);

  /** Puts back what was changed; says which repositories could not be put back. */
  const undo = async (changed: readonly Before[], login: string) => {
    const results = await Promise.allSettled(changed.map(({ grant, level }) => apply(grant, login, level)));
    return changed
      .filter((_, index) => results[index]?.status === "rejected")
      .map(({ grant }) => nameOf(grant));
  };

  const changeAll = async (grants: Grants, login: string, level: Level | undefined): Promise<Levels> => {
    const states = await Promise.all(grants.map((grant) => before(grant, login)));
    const results = await Promise.allSettled(states.map(({ grant }) => apply(grant, login, level)));
    const failure = results.find((result) => result.status === "rejected");
    if (!failure) return results.map((result) => (result.status === "fulfilled" ? result.value : undefined));
    const left = await undo(
      states.filter((_, index) => mayHaveChanged(results[index])),
      login,
    );
    if (left.length > 0) {
      throw new UpstreamUnavailable("gitea", "a half-done sharing could not be undone", { notUndone: left });
    }
    throw failure.reason instanceof SettError
      ? failure.reason
      : new Error("sharing failed", { cause: failure.reason });
  };

  /** One change at a time for one person and owner, or two could each be done by half. */
  const change = async (grants: Grants, login: string, level: Level | undefined) => {
    refuseOwner(grants, login);
    const key = `sharing ${grants[0]?.owner ?? ""} with ${login}`.toLowerCase();
    return queue.run(key, () => changeAll(grants, login, level));
  };

  return {
    share: change,
    unshare: (grants, login) => change(grants, login, undefined),
  };
}

/** Gitea says yes to changing an owner's rights and does nothing. */
function refuseOwner(grants: readonly RepositoryGrant[], login: string): void {
  if (grants.some(({ owner }) => owner.toLowerCase() === login.toLowerCase())) {
    throw new BadUserInput([
      { field: "input.login", message: "this is the owner, whose rights cannot be changed" },
    ]);
  }
}
