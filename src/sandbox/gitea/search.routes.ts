import { accessOf, reaches } from "./permission.rule.ts";
import { Problem } from "./problem.error.ts";
import { pageHeaders, pageOf, slice } from "./paging.rule.ts";
import { repositoryBody } from "./repository.body.ts";
import type { Repository } from "./repository.store.ts";
import { answer, type Call, type RouteTable } from "./route.table.ts";

type Order = (a: Repository, b: Repository) => number;

const orders: Record<string, Order> = {
  alpha: (a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1),
  created: (a, b) => seconds(a.created) - seconds(b.created),
  updated: (a, b) => seconds(a.updated) - seconds(b.updated),
  size: (a, b) => a.git.commits - b.git.commits,
  id: (a, b) => a.id - b.id,
};

/** The search over all repositories the caller may read. */
export function addSearchRoutes(table: RouteTable): void {
  table.open("GET", "/repos/search", ["repository"], (call) => {
    const found = search(call);
    const page = pageOf(call);
    const data = slice(found, page).map((one) => repositoryBody(call.state, one, accessOf(call.user, one)));
    return answer(200, { ok: true, data }, pageHeaders(call, found.length, page));
  });
}

function search(call: Call): readonly Repository[] {
  const { query } = call.request;
  const { repositories } = call.state;
  const mode = query.get("mode") ?? "";
  if (!["", "source", "fork", "mirror", "collaborative"].includes(mode)) {
    throw new Problem(422, `Invalid search mode: "${mode}"`);
  }
  const order = orderOf(query);
  const words = (query.get("q") ?? "").trim().toLowerCase();
  const owner = call.state.users.byId(Number(query.get("uid") ?? 0));
  const isExclusive = query.get("exclusive") === "true" || mode === "source";
  // Anonymous callers, and callers who ask so, get no private repositories.
  const withPrivate = call.user !== undefined && query.get("private") !== "false";
  const found = (owner === undefined ? repositories.all() : repositories.heldBy(owner)).filter(
    (one) =>
      (withPrivate || !one.private) &&
      (owner === undefined || !isExclusive || one.owner === owner) &&
      (mode !== "collaborative" || (owner !== undefined && one.owner !== owner)) &&
      (words === "" || one.name.toLowerCase().includes(words)) &&
      !["fork", "mirror"].includes(mode) &&
      reaches(accessOf(call.user, one), "read"),
  );
  return order === undefined ? found : found.sort(order);
}

function orderOf(query: URLSearchParams): Order | undefined {
  const sort = query.get("sort") ?? "";
  if (sort === "") return undefined;
  const compare = orders[sort];
  const direction = query.get("order") || "asc";
  if (direction !== "asc" && direction !== "desc")
    throw new Problem(422, `Invalid sort order: "${direction}"`);
  if (compare === undefined) throw new Problem(422, `Invalid sort mode: "${sort}"`);
  const sign = direction === "asc" ? 1 : -1;
  return (a, b) => sign * compare(a, b) || a.id - b.id;
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
