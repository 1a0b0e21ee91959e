import { BadUserInput, SettError, UpstreamUnavailable } from "../errors.ts";
import type { Level } from "../permissions/catalogue.ts";
import type { RepositoryGrant } from "../permissions/grant.ts";
import type { CollaboratorsService } from "./gitea/collaborators.service.ts";

/** Lets people into a project, which is several repositories, as if it were one thing. */
export interface SharingService {
  /** Gives somebody the same rights to all of them, or leaves all as they were. */
  readonly share: (grants: readonly RepositoryGrant<"admin">[], login: string, level: Level) => Promise<void>;
  /** Takes somebody's rights to all of them away, or leaves all as they were. */
  readonly unshare: (grants: readonly RepositoryGrant<"admin">[], login: string) => Promise<void>;
}

const nameOf = (grant: RepositoryGrant) => `${grant.owner}/${grant.name}`;

/** What somebody's rights were by name, so that they can be put back. */
interface Before {
  readonly grant: RepositoryGrant<"admin">;
  readonly level: Level | undefined;
}

export function createSharingService(collaborators: CollaboratorsService): SharingService {
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

  const changeAll = async (
    grants: readonly RepositoryGrant<"admin">[],
    login: string,
    level: Level | undefined,
  ) => {
    const states = await Promise.all(grants.map((grant) => before(grant, login)));
    const results = await Promise.allSettled(states.map(({ grant }) => apply(grant, login, level)));
    const failure = results.find((result) => result.status === "rejected");
    if (!failure) return;
    // An outage leaves open whether the change was made, so everything but a plain refusal is put back.
    const left = await undo(
      states.filter((_, index) => {
        const result = results[index];
        return result?.status === "fulfilled" || result?.reason instanceof UpstreamUnavailable;
      }),
      login,
    );
    if (left.length > 0) {
      throw new UpstreamUnavailable("gitea", "a half-done sharing could not be undone", { notUndone: left });
    }
    throw failure.reason instanceof SettError
      ? failure.reason
      : new Error("sharing failed", { cause: failure.reason });
  };

  return {
    share: async (grants, login, level) => {
      refuseOwner(grants, login);
      await changeAll(grants, login, level);
    },
    unshare: async (grants, login) => {
      refuseOwner(grants, login);
      await changeAll(grants, login, undefined);
    },
  };
}

/** Gitea says yes to changing an owner's rights and does nothing. */
export function refuseOwner(grants: readonly RepositoryGrant[], login: string): void {
  if (grants.some(({ owner }) => owner.toLowerCase() === login.toLowerCase())) {
    throw new BadUserInput([
      { field: "input.login", message: "this is the owner, whose rights cannot be changed" },
    ]);
  }
}
