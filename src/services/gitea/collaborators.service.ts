import { z } from "zod";
import { BadUserInput, NotFound, UpstreamRejected } from "../../errors.ts";
import type { Level } from "../../permissions/catalogue.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import { refusedToken, unexpected, type GiteaClient } from "./gitea.client.ts";
import type { Window } from "./history.service.ts";
import { readPart, type Part } from "./pages.ts";
import { heldPermissionShape, userShape } from "./shapes.ts";
import { toPerson, type Person } from "./users.service.ts";

/** Who else was let into a repository. */
export interface CollaboratorsService {
  readonly list: (grant: RepositoryGrant<"admin">, window: Window) => Promise<Part<Person>>;
  /** What somebody may do there, collaborator or not; undefined when nothing or when there is no such person. */
  readonly levelOf: (grant: RepositoryGrant<"admin">, login: string) => Promise<Level | undefined>;
  /** Whether somebody was let in by name, as opposed to owning it or being a site admin. */
  readonly includes: (grant: RepositoryGrant<"admin">, login: string) => Promise<boolean>;
  /** Lets somebody in, or changes what they may do, makes sure that Gitea did just that, and says what they now may. */
  readonly set: (grant: RepositoryGrant<"admin">, login: string, level: Level) => Promise<Level>;
  /** Takes away what somebody was given, and says what they may all the same, as a site admin may everything. */
  readonly remove: (grant: RepositoryGrant<"admin">, login: string) => Promise<Level | undefined>;
}

export function createCollaboratorsService(client: GiteaClient): CollaboratorsService {
  const base = (grant: RepositoryGrant) => ["repos", grant.owner, grant.name, "collaborators"];

  /** As Gitea has it: a site admin is an owner everywhere, whatever else they were given. */
  const heldBy = async (grant: RepositoryGrant<"admin">, login: string) => {
    const answer = await client.asCaller({
      method: "GET",
      path: [...base(grant), login, "permission"],
      caller: grant.caller,
    });
    if (answer.status === 404) return undefined;
    if (answer.status === 403) throw refusedToken("repo:admin");
    if (answer.status !== 200) throw unexpected(answer, "GET /collaborators/…/permission");
    const { permission } = answer.as(heldPermissionShape);
    return permission === "none" ? undefined : permission;
  };

  const levelOf = async (grant: RepositoryGrant<"admin">, login: string): Promise<Level | undefined> => {
    const held = await heldBy(grant, login);
    return held === "owner" ? "admin" : held;
  };

  const includes = async (grant: RepositoryGrant<"admin">, login: string): Promise<boolean> => {
    const answer = await client.asCaller({
      method: "GET",
      path: [...base(grant), login],
      caller: grant.caller,
    });
    if (answer.status === 403) throw refusedToken("repo:admin");
    if (![204, 404, 422].includes(answer.status)) throw unexpected(answer, "GET /collaborators/…");
    return answer.status === 204;
  };

  return {
    levelOf,
    includes,

    list: (grant, window) =>
      readPart(
        window,
        async (paging) => {
          const answer = await client.asCaller({
            method: "GET",
            path: base(grant),
            query: paging,
            caller: grant.caller,
          });
          if (answer.status === 403) throw refusedToken("repo:admin");
          if (answer.status === 404) throw new NotFound("repository");
          if (answer.status !== 200) throw unexpected(answer, "GET /collaborators");
          return answer;
        },
        (answer) => answer.as(z.array(userShape)).map(toPerson),
      ),

    set: async (grant, login, level) => {
      const answer = await client.asCaller({
        method: "PUT",
        path: [...base(grant), login],
        body: { permission: level },
        caller: grant.caller,
        // An account that is not active is answered 500.
        understands: [500],
      });
      if (answer.status === 403) throw refusedToken("repo:admin");
      if (answer.status === 422 || answer.status === 404) {
        throw new BadUserInput([{ field: "input.login", message: "there is nobody of that login" }]);
      }
      // Gitea answers 204 also where it did something else, so what it really did is read back.
      const held = await heldBy(grant, login);
      if (answer.status === 500 && held === undefined) {
        throw new UpstreamRejected("gitea", "Gitea refuses to let that account in; it may not be active.");
      }
      if (answer.status !== 204 && answer.status !== 500) throw unexpected(answer, "PUT /collaborators/…");
      if (held === "owner") return "admin";
      if (held === level) return level;
      throw new UpstreamRejected(
        "gitea",
        `Gitea left that account with ${held ?? "no"} rights instead of ${level}.`,
      );
    },

    remove: async (grant, login) => {
      const answer = await client.asCaller({
        method: "DELETE",
        path: [...base(grant), login],
        caller: grant.caller,
      });
      if (answer.status === 403) throw refusedToken("repo:admin");
      if (answer.status === 422 || answer.status === 404) {
        throw new BadUserInput([{ field: "input.login", message: "there is nobody of that login" }]);
      }
      if (answer.status !== 204) throw unexpected(answer, "DELETE /collaborators/…");
      const left = await levelOf(grant, login);
      if (left !== undefined && (await includes(grant, login))) {
        throw new UpstreamRejected("gitea", `Gitea left that account with ${left} rights.`);
      }
      return left;
    },
  };
}
