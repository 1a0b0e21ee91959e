import type { Call } from "./route.table.ts";

const defaultSize = 30;
const largestSize = 50;
const commitHeaderNames = "X-Page, X-PerPage, X-Total, X-PageCount, X-HasMore";

/** The page a caller asked for; page 0 means he named none. */
export interface Page {
  number: number;
  size: number;
}

/** Reads `page` and `limit` the way Gitea does: what is no number counts as 0. */
export function pageOf(call: Call): Page {
  const limit = numberOf(call, "limit");
  return { number: numberOf(call, "page"), size: limit <= 0 ? defaultSize : Math.min(limit, largestSize) };
}

/** One page of a list. */
export function slice<T>(items: readonly T[], page: Page): readonly T[] {
  const start = (Math.max(page.number, 1) - 1) * page.size;
  return items.slice(start, start + page.size);
}

/** One page of a list which Gitea gives whole when no page is named. */
export function sliceIfAsked<T>(items: readonly T[], page: Page): readonly T[] {
  return page.number === 0 ? items : slice(items, page);
}

/** The headers of a list without links. */
export function countHeaders(total: number): Record<string, string> {
  return { "Access-Control-Expose-Headers": "X-Total-Count", "X-Total-Count": String(total) };
}

/** The headers of a list: the count, and links when there is more than one page. */
export function pageHeaders(call: Call, total: number, page: Page): Record<string, string> {
  const links = linksOf(call, total, page);
  if (links.length === 0) return countHeaders(total);
  return {
    "Access-Control-Expose-Headers": "Link, X-Total-Count",
    Link: links.join(","),
    "X-Total-Count": String(total),
  };
}

/** The headers of a list of commits, which has some of its own. */
export function commitHeaders(call: Call, total: number, page: Page): Record<string, string> {
  const number = Math.max(page.number, 1);
  const pages = Math.ceil(total / page.size);
  const shared = pageHeaders(call, total, page);
  return {
    ...shared,
    "Access-Control-Expose-Headers": `${shared["Access-Control-Expose-Headers"] ?? ""}, ${commitHeaderNames}`,
    "X-HasMore": String(number < pages),
    "X-Page": String(number),
    "X-PageCount": String(pages),
    "X-PerPage": String(page.size),
    "X-Total": String(total),
  };
}

function numberOf(call: Call, name: string): number {
  const value = call.request.query.get(name) ?? "";
  return /^-?\d+$/.test(value) ? Number(value) : 0;
}

function linksOf(call: Call, total: number, page: Page): string[] {
  const last = Math.max(1, Math.ceil(total / page.size));
  const current = Math.min(Math.max(page.number, 1), last);
  const targets: [relation: string, number: number][] = [];
  if (current < last) targets.push(["next", current + 1], ["last", last]);
  if (current > 1) targets.push(["first", 1], ["prev", current - 1]);
  return targets.map(([relation, number]) => {
    const query = new URLSearchParams(call.request.query);
    query.set("page", String(number));
    query.sort();
    return `<${call.state.baseUrl}${call.request.path}?${query.toString()}>; rel="${relation}"`;
  });
}
