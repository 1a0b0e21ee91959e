import { z } from "zod";
import { NotFound } from "../../errors.ts";
import type { Caller } from "../../permissions/caller.ts";
import type { Level } from "../../permissions/catalogue.ts";
import type { PlatformGrant, ProducerGrant } from "../../permissions/grant.ts";
import type { RepositoryName } from "../../permissions/subject.ts";
import { refusedToken, unexpected, type GiteaClient } from "./gitea.client.ts";
import { readAll } from "./pages.ts";
import { repositoryShape } from "./shapes.ts";
import { toPerson, type Person } from "./users.service.ts";

/** A repository as one person sees it: what they may do with it is part of the answer. */
export interface Repository {
  readonly id: number;
  readonly owner: Person;
  readonly name: string;
  readonly description: string;
  readonly isEmpty: boolean;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly webUrl: string;
  readonly sshUrl: string;
  readonly cloneUrl: string;
  readonly defaultBranch: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly level: Level;
}

const listShape = z.array(repositoryShape);

type Answered = z.output<typeof repositoryShape>;

function levelOf({ admin, push, pull }: Answered["permissions"]): Level | undefined {
  if (admin) return "admin";
  if (push) return "write";
  return pull ? "read" : undefined;
}

function toRepository(answered: Answered): Repository | undefined {
  const level = levelOf(answered.permissions);
  if (!level) return undefined;
  return {
    id: answered.id,
    owner: toPerson(answered.owner),
    name: answered.name,
    description: answered.description,
    isEmpty: answered.empty,
    isPrivate: answered.private,
    isArchived: answered.archived,
    webUrl: answered.html_url,
    sshUrl: answered.ssh_url,
    cloneUrl: answered.clone_url,
    defaultBranch: answered.default_branch,
    createdAt: new Date(answered.created_at),
    updatedAt: new Date(answered.updated_at),
    level,
  };
}

/** What repositories there are for somebody; this is also the question on which all permissions rest. */
export interface RepositoriesService {
  /** The repository with the caller's rights to it, or undefined when it is absent or hidden: Gitea tells no difference. */
  readonly repository: (caller: Caller, name: RepositoryName) => Promise<Repository | undefined>;
  /** All that the caller owns or was let into, fifty to a call. */
  readonly mine: (caller: Caller) => Promise<readonly Repository[]>;
  /** The same for somebody else, as a site admin may ask. */
  readonly theirs: (grant: PlatformGrant, login: string) => Promise<readonly Repository[]>;
  /** All that a producer owns, as far as the caller may know of them: all of them for whoever holds the account. */
  readonly owned: (grant: ProducerGrant) => Promise<readonly Repository[]>;
  /** Says what a repository of a producer's is. */
  readonly describe: (grant: ProducerGrant<"admin">, name: string, description: string) => Promise<void>;
  /** Removes a repository of a producer's for good; one that is not there is gone. */
  readonly remove: (grant: ProducerGrant<"admin">, name: string) => Promise<void>;
}

export function createRepositoriesService(client: GiteaClient): RepositoriesService {
  const reachable = async (caller: Caller, login?: string) => {
    const through = login === undefined ? {} : { throughTheEyesOf: login };
    const answered = await readAll(listShape, async (paging) => {
      const path = ["user", "repos"];
      const answer = await client.asCaller({ method: "GET", path, query: paging, caller, ...through });
      if (answer.status === 403) throw refusedToken("repo:read");
      if (answer.status === 404 && login !== undefined) throw new NotFound("producer");
      if (answer.status !== 200) throw unexpected(answer, "GET /user/repos");
      return answer;
    });
    return answered.map(toRepository).filter((repository) => repository !== undefined);
  };

  return {
    repository: async (caller, { owner, name }) => {
      const answer = await client.asCaller({ method: "GET", path: ["repos", owner, name], caller });
      if (answer.status === 200) return toRepository(answer.as(repositoryShape));
      // A renamed repository redirects before it looks at rights: following would tell that it exists.
      if (answer.status === 404 || answer.status === 307 || answer.status === 301) return undefined;
      if (answer.status === 403) throw refusedToken("repo:read");
      throw unexpected(answer, "GET /repos/…");
    },

    mine: (caller) => reachable(caller),

    theirs: (grant, login) => reachable(grant.caller, login),

    owned: async ({ caller, login }) => {
      const answered = await readAll(listShape, async (paging) => {
        const path = ["users", login, "repos"];
        const answer = await client.asCaller({ method: "GET", path, query: paging, caller });
        if (answer.status === 403) throw refusedToken("repo:read");
        if (answer.status === 404) throw new NotFound("producer");
        if (answer.status !== 200) throw unexpected(answer, "GET /users/…/repos");
        return answer;
      });
      return answered.map(toRepository).filter((repository) => repository !== undefined);
    },

    describe: async ({ caller, login }, name, description) => {
      const path = ["repos", login, name];
      const answer = await client.asCaller({ method: "PATCH", path, body: { description }, caller });
      if (answer.status === 403) throw refusedToken("producer:admin");
      if (answer.status !== 200) throw unexpected(answer, "PATCH /repos/…");
    },

    remove: async ({ caller, login }, name) => {
      const answer = await client.asCaller({ method: "DELETE", path: ["repos", login, name], caller });
      if (answer.status === 403) throw refusedToken("producer:admin");
      if (answer.status !== 204 && answer.status !== 404) throw unexpected(answer, "DELETE /repos/…");
    },
  };
}
