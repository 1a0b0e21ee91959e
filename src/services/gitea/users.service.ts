import { z } from "zod";
import { Unauthenticated } from "../../errors.ts";
import type { Caller, Viewer } from "../../permissions/caller.ts";
import type { PlatformGrant, ViewerGrant } from "../../permissions/grant.ts";
import { refusedToken, unexpected, type GiteaClient } from "./gitea.client.ts";
import { readAll, readPart, type Part } from "./pages.ts";
import { userShape } from "./shapes.ts";

/** Somebody with an account, as anybody may see them. */
export interface Person {
  readonly id: number;
  readonly login: string;
  readonly fullName: string;
  readonly avatarUrl: string;
}

export function toPerson(user: z.output<typeof userShape>): Person {
  return { id: user.id, login: user.login, fullName: user.full_name, avatarUrl: user.avatar_url };
}

const found = z.object({ data: z.array(userShape).nullable() });

const nobody = "Nobody on this platform has that identity.";

/** Who people are. */
export interface UsersService {
  /** The person behind a credential; throws Unauthenticated when there is none. */
  readonly whoAmI: (caller: Caller) => Promise<Viewer>;
  readonly user: (caller: Caller, login: string) => Promise<Person | undefined>;
  readonly search: (
    grant: ViewerGrant,
    text: string,
    window: { offset: number; length: number },
  ) => Promise<Part<Person>>;
  /** Everybody with an account, private ones included. */
  readonly everybody: (grant: PlatformGrant) => Promise<readonly Person[]>;
  /** Throws unless Gitea answers and knows the gateway for a site admin. */
  readonly ping: (requestId: string, timeoutMs: number) => Promise<void>;
}

export function createUsersService(client: GiteaClient): UsersService {
  /** `Sudo` goes through for organisations, which look like people to `GET /user`; no search for people finds them. */
  const isPerson = async (caller: Caller, id: number) => {
    const query = { uid: String(id), limit: "1" };
    const answer = await client.asCaller({ method: "GET", path: ["users", "search"], query, caller });
    if (answer.status !== 200) throw unexpected(answer, "GET /users/search");
    return (answer.as(found).data ?? []).some((user) => user.id === id);
  };

  return {
    whoAmI: async (caller) => {
      const answer = await client.asCaller({ method: "GET", path: ["user"], caller });
      if (answer.status === 403 && caller.credential.kind === "token") throw refusedToken();
      if (answer.status === 404 && caller.credential.kind === "sudo") {
        throw new Unauthenticated(nobody);
      }
      if (answer.status !== 200) throw unexpected(answer, "GET /user");
      const user = answer.as(userShape);
      // Sudo goes through for accounts that may not sign in themselves, so that is looked at here.
      if (!user.active || user.prohibit_login) throw refusedToken();
      if (user.is_admin && caller.credential.kind === "sudo" && !caller.credential.mayAdminister) {
        throw new Unauthenticated("Site admins are let in by a token of Gitea's only.");
      }
      if (caller.credential.kind === "sudo" && !(await isPerson(caller, user.id)))
        throw new Unauthenticated(nobody);
      return { ...toPerson(user), email: user.email, isAdmin: user.is_admin };
    },

    user: async (caller, login) => {
      const answer = await client.asCaller({ method: "GET", path: ["users", login], caller });
      if (answer.status === 200) return toPerson(answer.as(userShape));
      if (answer.status === 404 || answer.status === 307) return undefined;
      if (answer.status === 403) throw refusedToken("viewer");
      throw unexpected(answer, "GET /users/…");
    },

    search: (grant, text, window) =>
      readPart(
        window,
        async (paging) => {
          const answer = await client.asCaller({
            method: "GET",
            path: ["users", "search"],
            query: { q: text, ...paging },
            caller: grant.caller,
          });
          if (answer.status === 403) throw refusedToken("viewer");
          if (answer.status !== 200) throw unexpected(answer, "GET /users/search");
          return answer;
        },
        (answer) => (answer.as(found).data ?? []).map(toPerson),
      ),

    everybody: async ({ caller }) => {
      const users = await readAll(z.array(userShape), async (paging) => {
        const answer = await client.asCaller({
          method: "GET",
          path: ["admin", "users"],
          query: paging,
          caller,
        });
        if (answer.status === 403) throw refusedToken("platform:admin");
        if (answer.status !== 200) throw unexpected(answer, "GET /admin/users");
        return answer;
      });
      return users.map(toPerson);
    },

    ping: async (requestId, timeoutMs) => {
      const check = { requestId, timeoutMs, isCheck: true };
      const answer = await client.asGateway({ method: "GET", path: ["user"], ...check });
      if (answer.status !== 200 || !answer.as(userShape).is_admin) {
        throw unexpected(answer, "asking who the gateway is");
      }
    },
  };
}
