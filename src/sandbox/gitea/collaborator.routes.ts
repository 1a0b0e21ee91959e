import { z } from "zod";
import { empty } from "../http.ts";
import { formOf } from "./form.parser.ts";
import { countHeaders, pageOf, sliceIfAsked } from "./paging.rule.ts";
import { accessOf, reaches } from "./permission.rule.ts";
import { brokenInside, noSuchUser, notFound, Problem } from "./problem.error.ts";
import type { CollaboratorLevel } from "./repository.store.ts";
import { answer, type RepositoryCall, type RouteTable } from "./route.table.ts";
import { userBody } from "./user.body.ts";
import type { User } from "./user.store.ts";

const levels: readonly string[] = ["read", "write", "admin"] satisfies CollaboratorLevel[];
const form = z.object({ permission: z.string().nullish() });

/** The collaborators of a repository, and what each may do. */
export function addCollaboratorRoutes(table: RouteTable): void {
  table.repository("GET", "/collaborators", { signed: true }, (call) => {
    const users = [...call.repository.collaborators.keys()].flatMap((id) => call.state.users.byId(id) ?? []);
    const bodies = sliceIfAsked(users, pageOf(call)).map((user) => userBody(call.state, user, call.user));
    return answer(200, bodies, countHeaders(users.length));
  });

  // This tells of the collaboration only: the owner and site admins have none, so they are absent here.
  table.repository("GET", "/collaborators/:user", { signed: true }, (call) => {
    if (!call.repository.collaborators.has(collaborator(call, 422).id)) throw notFound();
    return empty(204);
  });

  table.repository("PUT", "/collaborators/:user", { access: "admin" }, (call) => {
    const wanted = formOf(call, form).permission ?? "";
    const user = collaborator(call, 422);
    if (!user.active) throw brokenInside();
    if (user === call.repository.owner) return empty(204);
    // A level Gitea does not know changes nothing, and for a newcomer it means write.
    const present = call.repository.collaborators.get(user.id) ?? "write";
    const level = levels.includes(wanted) ? (wanted as CollaboratorLevel) : present;
    call.state.repositories.setCollaborator(call.repository, user, level);
    return empty(204);
  });

  table.repository("DELETE", "/collaborators/:user", { access: "admin" }, (call) => {
    call.state.repositories.removeCollaborator(call.repository, collaborator(call, 422));
    return empty(204);
  });

  table.repository("GET", "/collaborators/:user/permission", { signed: true }, (call) => {
    // Gitea compares with the login name, so users made without one may not ask about themselves.
    const isOwn = call.user?.loginName === call.request.params["user"];
    if (!isOwn && !reaches(call.access, "admin")) throw new Problem(403, onlyAdmins);
    const user = collaborator(call, 404);
    const access = accessOf(user, call.repository);
    const body = userBody(call.state, user, call.repository.owner);
    return answer(200, { permission: access, role_name: access, user: body });
  });
}

const onlyAdmins =
  "Only admins can query all permissions, repo admins can query all repo permissions, collaborators can query only their own";

function collaborator(call: RepositoryCall, statusIfUnknown: number): User {
  const login = call.request.params["user"] ?? "";
  const user = call.state.users.byLogin(login);
  if (user === undefined) throw new Problem(statusIfUnknown, noSuchUser(login));
  return user;
}
