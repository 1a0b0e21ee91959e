import type { HTTPMethod } from "find-my-way";
import { json, Routes, type Reply, type SandboxRequest } from "../http.ts";
import type { Caller } from "./caller.auth.ts";
import type { GiteaState } from "./gitea.state.ts";
import { accessOf, reaches, type Access } from "./permission.rule.ts";
import { notFound, Problem, tokenRequired } from "./problem.error.ts";
import { Redirect } from "./redirect.reply.ts";
import type { Repository } from "./repository.store.ts";
import { requirePublicScope, requireScope, type ScopeCategory } from "./scope.rule.ts";
import type { User } from "./user.store.ts";

/** One call of the API, with its caller known. */
export interface Call {
  state: GiteaState;
  request: SandboxRequest;
  caller: Caller;
  /** The caller's user; undefined for anonymous. */
  user: User | undefined;
}

/** A call on a repository which its caller may read. */
export interface RepositoryCall extends Call {
  repository: Repository;
  access: Access;
}

/** A call which nobody makes without signing in. */
export interface SignedCall extends Call {
  user: User;
}

/** Answers a call. */
export type CallHandler<C extends Call = Call> = (call: C) => Reply | Promise<Reply>;

/** What a repository route asks of its caller beyond reading. */
export interface RepositoryNeeds {
  /** Whether Gitea insists on a credential although the repository may be public. */
  signed?: boolean;
  access?: Exclude<Access, "none" | "read">;
}

const refusals = {
  write: "user should have a permission to write to a repo",
  admin: "user should be an owner or a collaborator with admin write of a repository",
  owner: "user should be the owner of the repo",
};

/** The routes of the API, each with what it asks before its handler runs. */
export class RouteTable {
  readonly routes = new Routes<CallHandler>();

  /** A route which anybody may call. */
  open(method: HTTPMethod, path: string, scopes: ScopeCategory[], handler: CallHandler): void {
    this.routes.add(method, `/api/v1${path}`, (call) => {
      for (const scope of scopes) requireScope(call.caller.token, scope, call.request.method);
      return handler(call);
    });
  }

  /** A route for whoever is signed in. */
  signed(method: HTTPMethod, path: string, scopes: ScopeCategory[], handler: CallHandler<SignedCall>): void {
    this.open(method, path, scopes, (call) => {
      if (call.user === undefined) throw tokenRequired();
      return handler({ ...call, user: call.user });
    });
  }

  /** A route for site admins. */
  admin(method: HTTPMethod, path: string, handler: CallHandler<SignedCall>): void {
    this.signed(method, `/admin${path}`, ["admin"], (call) => {
      if (!call.user.isAdmin) throw new Problem(403, "user should be the site admin");
      return handler(call);
    });
  }

  /** A route below a repository; to whoever may not read it, it does not exist. */
  repository(
    method: HTTPMethod,
    path: string,
    needs: RepositoryNeeds,
    handler: CallHandler<RepositoryCall>,
  ): void {
    this.open(method, `/repos/:owner/:repo${path}`, ["repository"], (call) => {
      const repository = repositoryOf(call);
      const access = accessOf(call.user, repository);
      if (access === "none") throw notFound();
      if (needs.signed === true || needs.access !== undefined) {
        if (call.user === undefined) throw tokenRequired();
        requirePublicScope(call.caller.token, repository.private);
      }
      if (needs.access !== undefined && !reaches(access, needs.access))
        throw new Problem(403, refusals[needs.access]);
      return handler({ ...call, repository, access });
    });
  }
}

/** The user a path names, if the caller may know of him. */
export function userOf(call: Call): User {
  const login = call.request.params["user"] ?? "";
  const user = call.state.users.byLogin(login);
  if (user !== undefined) return user;
  const renamed = call.state.users.byFormerLogin(login);
  if (renamed !== undefined)
    throw new Redirect(call.request.url, `/users/${login}`, `/users/${renamed.login}`);
  throw new Problem(404, `user redirect does not exist [name: ${login}]`);
}

/** An answer with a JSON body, in the way Gitea ends it. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  const reply = json(status, body, headers);
  return { ...reply, body: `${String(reply.body)}\n` };
}

function repositoryOf(call: Call): Repository {
  const { owner: login = "", repo: name = "" } = call.request.params;
  const { users, repositories } = call.state;
  const owner = users.byLogin(login);
  if (owner === undefined) {
    const renamed = users.byFormerLogin(login);
    if (renamed !== undefined)
      throw new Redirect(call.request.url, `/repos/${login}`, `/repos/${renamed.login}`);
    throw notFound("GetUserByName", [`user redirect does not exist [name: ${login}]`]);
  }
  const repository = repositories.byName(owner, name);
  if (repository !== undefined) return repository;
  // The redirect comes before any look at access, so it tells strangers the new name.
  const renamed = repositories.byFormerName(owner, name);
  if (renamed !== undefined)
    throw new Redirect(call.request.url, `/${login}/${name}`, `/${owner.login}/${renamed.name}`);
  throw notFound();
}
