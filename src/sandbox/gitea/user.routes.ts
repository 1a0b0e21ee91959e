import { accessOf, maySee, reaches } from "./permission.rule.ts";
import { noSuchUser, notFound } from "./problem.error.ts";
import { pageHeaders, pageOf, slice, sliceIfAsked } from "./paging.rule.ts";
import { repositoryBody } from "./repository.body.ts";
import { answer, userOf, type Call, type RouteTable } from "./route.table.ts";
import { ownBody, userBody } from "./user.body.ts";
import type { User } from "./user.store.ts";

/** Users, and the repositories of one. */
export function addUserRoutes(table: RouteTable): void {
  table.signed("GET", "/user", ["user"], (call) => answer(200, ownBody(call.state, call.user)));

  table.open("GET", "/users/search", ["user"], (call) => {
    const found = search(call);
    const page = pageOf(call);
    // Without a page Gitea lists everybody, however many, and still links to the next page.
    const data = sliceIfAsked(found, page).map((user) => userBody(call.state, user, call.user));
    return answer(200, { data, ok: true }, pageHeaders(call, found.length, page));
  });

  table.open("GET", "/users/:user", ["user"], (call) => {
    const user = userOf(call);
    if (!maySee(call.user, user)) throw notFound("GetUserByName", [noSuchUser(user.login)]);
    return answer(200, userBody(call.state, user, call.user));
  });

  table.signed("GET", "/user/repos", ["user", "repository"], (call) => {
    const held = call.state.repositories.heldBy(call.user);
    const page = pageOf(call);
    const bodies = slice(held, page).map((one) => repositoryBody(call.state, one, accessOf(call.user, one)));
    return answer(200, bodies, pageHeaders(call, held.length, page));
  });

  table.open("GET", "/users/:user/repos", ["user", "repository"], (call) => {
    const owned = call.state.repositories.ownedBy(userOf(call));
    const counted = call.user === undefined ? owned.filter((one) => !one.private) : owned;
    const page = pageOf(call);
    // The page is cut before access is looked at, so pages come back short and the count tells of hidden ones.
    const bodies = slice(counted, page)
      .map((one) => ({ one, access: accessOf(call.user, one) }))
      .filter(({ access }) => reaches(access, "read"))
      .map(({ one, access }) => repositoryBody(call.state, one, access));
    return answer(200, bodies, pageHeaders(call, counted.length, page));
  });

  table.open("GET", "/settings/api", [], () =>
    answer(200, {
      max_response_items: 50,
      default_paging_num: 30,
      default_git_trees_per_page: 1000,
      default_max_blob_size: 10485760,
    }),
  );

  table.open("GET", "/version", [], () => answer(200, { version: "1.21.0-rc2-53-g824d40edc" }));
}

function search(call: Call): readonly User[] {
  const { users } = call.state;
  const id = Number(call.request.query.get("uid") ?? 0);
  const everybody = users.alphabetical().filter((user) => !(id > 0) || user.id === id);
  const query = (call.request.query.get("q") ?? "").trim().toLowerCase();
  return everybody.filter(
    (user) =>
      maySee(call.user, user) &&
      (query === "" ||
        user.login.toLowerCase().includes(query) ||
        user.fullName.toLowerCase().includes(query)),
  );
}
