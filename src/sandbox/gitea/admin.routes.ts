import { z } from "zod";
import { empty } from "../http.ts";
import { formOf, refuseField } from "./form.parser.ts";
import { pageHeaders, pageOf, sliceIfAsked } from "./paging.rule.ts";
import { Problem } from "./problem.error.ts";
import { answer, userOf, type RouteTable } from "./route.table.ts";
import { ownBody } from "./user.body.ts";
import { removeUser } from "./user.removal.ts";

const text = z.string().nullish();
const flag = z.boolean().nullish();
const shared = {
  login_name: text,
  full_name: text,
  email: text,
  password: text,
  must_change_password: flag,
  restricted: flag,
  visibility: z.enum(["public", "limited", "private"]).nullish(),
};
const createForm = z.object({ ...shared, username: text });
const editForm = z.object({
  ...shared,
  active: flag,
  admin: flag,
  prohibit_login: flag,
  location: text,
  website: text,
  description: text,
});
const renameForm = z.object({ new_username: text });

/** What only site admins may do with users. */
export function addAdminRoutes(table: RouteTable): void {
  table.admin("GET", "/users", (call) => {
    const users = call.state.users.alphabetical();
    const page = pageOf(call);
    const bodies = sliceIfAsked(users, page).map((user) => ownBody(call.state, user));
    return answer(200, bodies, pageHeaders(call, users.length, page));
  });

  table.admin("POST", "/users", (call) => {
    const form = formOf(call, createForm);
    const login = checkLogin(form.username ?? "");
    const email = form.email ?? "";
    if (email === "") throw refuseField("Email");
    if (!/^\S+@\S+\.\S+$/.test(email)) throw refuseField("Email", "Email");
    if (!form.password) throw refuseField("Password");
    const wanted = {
      login,
      email,
      password: form.password,
      loginName: form.login_name ?? "",
      fullName: form.full_name ?? "",
      // Unless told otherwise a new user has to change the password first, so tokens of his do not work.
      mustChangePassword: form.must_change_password ?? true,
      restricted: form.restricted ?? false,
      visibility: form.visibility ?? "public",
    };
    return answer(201, ownBody(call.state, call.state.users.add(wanted, call.state.now())));
  });

  table.admin("PATCH", "/users/:user", (call) => {
    const form = formOf(call, editForm);
    if (!form.login_name) throw refuseField("LoginName");
    const user = userOf(call);
    if (form.email) call.state.users.changeEmail(user, form.email);
    user.loginName = form.login_name;
    user.password = form.password ?? user.password;
    user.mustChangePassword = form.must_change_password ?? user.mustChangePassword;
    user.fullName = form.full_name ?? user.fullName;
    user.active = form.active ?? user.active;
    user.isAdmin = form.admin ?? user.isAdmin;
    user.prohibitLogin = form.prohibit_login ?? user.prohibitLogin;
    user.restricted = form.restricted ?? user.restricted;
    user.visibility = form.visibility ?? user.visibility;
    user.location = form.location ?? user.location;
    user.website = form.website ?? user.website;
    user.description = form.description ?? user.description;
    return answer(200, ownBody(call.state, user));
  });

  table.admin("POST", "/users/:user/rename", (call) => {
    const login = checkLogin(formOf(call, renameForm).new_username ?? "");
    call.state.users.rename(userOf(call), login);
    return empty(200);
  });

  table.admin("DELETE", "/users/:user", (call) => {
    const user = userOf(call);
    if (user === call.user) throw new Problem(422, "you cannot delete yourself");
    const owned = call.state.repositories.ownedBy(user);
    if (owned.length > 0 && call.request.query.get("purge") !== "true") {
      throw new Problem(422, `user still has ownership of repositories [uid: ${user.id}]`);
    }
    removeUser(call.state, user);
    return empty(204);
  });
}

function checkLogin(login: string): string {
  if (login === "") throw refuseField("Username");
  if (login.length > 40) throw refuseField("Username", "MaxSize");
  if (!/^[\da-zA-Z][-.\w]*$/.test(login)) throw refuseField("Username", "invalid username");
  return login;
}
