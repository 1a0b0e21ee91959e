import pLimit from "p-limit";
import { UpstreamUnavailable } from "../../errors.ts";
import type { Answer } from "../http/upstream.ts";

/** Gitea's usual cap on a page; one that is set lower is met by what the first page holds. */
const largestPage = 50;
const pagesAtOnce = 4;
const attempts = 3;

interface Listing<Item> {
  /** What is listed, for the log. */
  readonly what: string;
  readonly readPage: (paging: { readonly page: number; readonly limit: number }) => Promise<Answer>;
  readonly itemsOf: (answer: Answer) => readonly Item[];
}

/** Why what was read is not the whole; it may be on another try. */
class Incomplete extends Error {}

function totalOf(answer: Answer): number {
  const header = answer.headers["x-total-count"];
  const total = typeof header === "string" && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
  if (total === undefined) throw new Incomplete("does not say how many there are");
  return total;
}

async function readOnce<Item extends { readonly id: number }>(listing: Listing<Item>): Promise<Item[]> {
  const { readPage, itemsOf } = listing;
  const first = await readPage({ page: 1, limit: largestPage });
  const [items, total] = [itemsOf(first), totalOf(first)];
  const limit = items.length;
  if (limit === 0 && total > 0) throw new Incomplete("shows none of those that it counts");
  const pages = limit === 0 ? 1 : Math.ceil(total / limit);
  const side = pLimit(pagesAtOnce);

  const readOn = async (page: number): Promise<readonly Item[]> => {
    const answer = await readPage({ page, limit });
    if (totalOf(answer) !== total) throw new Incomplete("counts another number on another page");
    return itemsOf(answer);
  };

  const numbers = Array.from({ length: pages - 1 }, (_, index) => index + 2);
  const rest = await side.map(numbers, async (page) => {
    try {
      return await readOn(page);
    } catch (error) {
      // Nobody needs the pages that were still to come.
      side.clearQueue();
      throw error;
    }
  });
  const all = [...items, ...rest.flat()];
  const shown = new Set(all.map(({ id }) => id)).size;
  if (shown !== total) throw new Incomplete("shows another number than it counts, or some of them twice");
  // What was taken out on one page and put in on another would not show in the number.
  const again = pages > 1 ? await readOn(1) : items;
  if (again.some(({ id }, index) => id !== items[index]?.id)) throw new Incomplete("has changed meanwhile");
  return all;
}

/**
 * The whole of a listing, or an outage: the total has to be the same on all pages and to fit what is on them, and nothing
 * may be there twice. Where it is not so it is read anew a few times, for somebody may have been made meanwhile.
 */
export async function readWhole<Item extends { readonly id: number }>(
  listing: Listing<Item>,
): Promise<readonly Item[]> {
  let problem = "";
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      return await readOnce(listing);
    } catch (error) {
      if (!(error instanceof Incomplete)) throw error;
      problem = error.message;
    }
  }
  throw new UpstreamUnavailable("gitea", `${listing.what} ${problem}`);
}
