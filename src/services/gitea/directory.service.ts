import { z } from "zod";
import { UpstreamUnavailable } from "../../errors.ts";
import type { PlatformGrant } from "../../permissions/grant.ts";
import type { RepositoryName } from "../../permissions/subject.ts";
import type { Answer } from "../http/upstream.ts";
import { refusedToken, unexpected, type GiteaClient } from "./gitea.client.ts";
import { repositoryShape, userShape } from "./shapes.ts";
import { readWhole } from "./whole.listing.ts";

/** Somebody with an account, as far as a listing of all needs to tell. */
export interface Account {
  readonly id: number;
  readonly login: string;
}

/** A repository, likewise. */
export interface DirectoryRepository {
  readonly id: number;
  readonly owner: { readonly login: string };
  readonly name: string;
  readonly description: string;
  readonly defaultBranch: string;
  readonly isEmpty: boolean;
  readonly updatedAt: string;
}

/** Who and what there is on the whole platform. What is not known for certain is an outage, never a shorter list. */
export interface DirectoryService {
  readonly accounts: (grant: PlatformGrant, signal: AbortSignal) => Promise<readonly Account[]>;
  readonly repositories: (
    grant: PlatformGrant,
    signal: AbortSignal,
  ) => Promise<readonly DirectoryRepository[]>;
  /** Undefined only where Gitea itself says, to a site admin, that nobody has that name, or has it any more. */
  readonly account: (grant: PlatformGrant, login: string) => Promise<Account | undefined>;
  /** False only where Gitea itself says, to a site admin, that there is none; one that was renamed is still there. */
  readonly hasRepository: (grant: PlatformGrant, named: RepositoryName) => Promise<boolean>;
  /** All that an account owns. */
  readonly repositoriesOf: (
    grant: PlatformGrant,
    account: Account,
    signal: AbortSignal,
  ) => Promise<readonly DirectoryRepository[]>;
}

const accountShape = userShape.pick({ id: true, login: true });
const accountsShape = z.array(accountShape);
/** What others see of an account is never active: who sees that it is, sees all. */
const seenAccountShape = accountShape.extend({ active: z.boolean() });

const listedShape = repositoryShape
  .pick({ id: true, name: true, description: true, default_branch: true, empty: true, updated_at: true })
  .extend({ owner: userShape.pick({ login: true }) })
  .transform(({ default_branch, empty, updated_at, ...repository }): DirectoryRepository => ({
    ...repository,
    defaultBranch: default_branch,
    isEmpty: empty,
    updatedAt: updated_at,
  }));
const foundShape = z.object({ ok: z.literal(true), data: z.array(listedShape) });

/** Whom Gitea names in place of somebody who has another name by now; undefined for a redirect of any other kind. */
function nameNow({ headers }: Answer): string | undefined {
  const location = headers["location"];
  const path = typeof location === "string" ? location.replace(/[?#].*$/, "") : "";
  return /\/api\/v1\/users\/([^/]+)$/.exec(path)?.[1];
}

export function createDirectoryService(client: GiteaClient): DirectoryService {
  const get = async (
    { caller }: PlatformGrant,
    path: readonly string[],
    query: Readonly<Record<string, string | number | boolean>> = {},
  ): Promise<Answer> => client.asCaller({ method: "GET", path, query, caller });

  const listed = async (what: string, asked: Promise<Answer>): Promise<Answer> => {
    const answer = await asked;
    if (answer.status === 403) throw refusedToken("platform:admin");
    if (answer.status !== 200) throw unexpected(answer, `GET ${what}`);
    return answer;
  };

  /** Others than site admins are shown less, and not told so. */
  const checkAdmin = async (grant: PlatformGrant): Promise<void> => {
    const answer = await listed("/user", get(grant, ["user"]));
    if (!answer.as(userShape).is_admin)
      throw new UpstreamUnavailable("gitea", "the platform's own token is not a site admin's");
  };

  const found = (
    grant: PlatformGrant,
    signal: AbortSignal,
    query: Readonly<Record<string, string | number | boolean>> = {},
  ) =>
    readWhole({
      what: "GET /repos/search",
      readPage: (paging) => {
        signal.throwIfAborted();
        // What is made meanwhile comes last.
        const order = { sort: "id", order: "asc" };
        return listed("/repos/search", get(grant, ["repos", "search"], { ...query, ...order, ...paging }));
      },
      itemsOf: (answer) => answer.as(foundShape).data,
    });

  return {
    accounts: async (grant, signal) => {
      const accounts = await readWhole({
        what: "GET /admin/users",
        readPage: (paging) => {
          signal.throwIfAborted();
          return listed("/admin/users", get(grant, ["admin", "users"], paging));
        },
        itemsOf: (answer) => answer.as(accountsShape),
      });
      // Whoever asks has an account.
      if (accounts.length === 0) throw new UpstreamUnavailable("gitea", "GET /admin/users shows nobody");
      return accounts;
    },

    repositories: (grant, signal) => found(grant, signal),

    account: async (grant, login) => {
      const answer = await get(grant, ["users", login]);
      if (answer.status === 404) {
        await checkAdmin(grant);
        return undefined;
      }
      if (answer.status === 307) {
        const other = nameNow(answer);
        // A redirect to elsewhere is somebody else's, in front of Gitea.
        if (other === undefined || other.toLowerCase() === login.toLowerCase())
          throw unexpected(answer, "GET /users/…");
        await checkAdmin(grant);
        return undefined;
      }
      const account = (await listed("/users/…", Promise.resolve(answer))).as(seenAccountShape);
      if (!account.active) await checkAdmin(grant);
      return { id: account.id, login: account.login };
    },

    hasRepository: async (grant, { owner, name }) => {
      const answer = await get(grant, ["repos", owner, name]);
      if (answer.status === 404) {
        await checkAdmin(grant);
        return false;
      }
      if (answer.status === 301 || answer.status === 307) return true;
      await listed("/repos/…", Promise.resolve(answer));
      return true;
    },

    repositoriesOf: async (grant, { id, login }, signal) => {
      const repositories = await found(grant, signal, { uid: id, exclusive: true });
      const isTheirs = ({ owner }: DirectoryRepository) => owner.login.toLowerCase() === login.toLowerCase();
      // A search that does not know the account answers as one that was asked for nobody's.
      if (!repositories.every(isTheirs)) {
        throw new UpstreamUnavailable("gitea", "GET /repos/search shows what is somebody else's");
      }
      return repositories;
    },
  };
}
