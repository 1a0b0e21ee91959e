import type { z } from "zod";
import pLimit from "p-limit";
import type { Answer } from "../http/upstream.ts";

/** Gitea's own cap on a page, whatever is asked for. */
const largestPage = 50;

/** Pages of one listing asked for at a time. */
const pagesAtOnce = 4;

/** A part of a listing, and how long the whole of it is. */
export interface Part<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

type ReadPage = (paging: { page: number; limit: number }) => Promise<Answer>;

function totalOf(answer: Answer, counted: number): number {
  const total = Number(answer.headers["x-total-count"]);
  return Number.isInteger(total) && total >= 0 ? total : counted;
}

/** The whole of a listing: the first page tells how many there are, the others are then read side by side. */
export async function readAll<Item>(shape: z.ZodType<Item[]>, readPage: ReadPage): Promise<Item[]> {
  const first = await readPage({ page: 1, limit: largestPage });
  const items = first.as(shape);
  const pages = Math.ceil(totalOf(first, items.length) / largestPage);
  const limit = pLimit(pagesAtOnce);
  const rest = await limit.map(Array.from({ length: Math.max(pages - 1, 0) }), async (_, index) =>
    (await readPage({ page: index + 2, limit: largestPage })).as(shape),
  );
  return [...items, ...rest.flat()];
}

/** The smallest pages, and which of them, that cover a window of a listing; one page wherever one can. */
function pagesFor(offset: number, length: number): { limit: number; pages: number[] } {
  for (let limit = length; limit <= largestPage; limit += 1) {
    const page = Math.floor(offset / limit);
    if (Math.floor((offset + length - 1) / limit) === page) return { limit, pages: [page + 1] };
  }
  const from = Math.floor(offset / largestPage);
  const to = Math.floor((offset + length - 1) / largestPage);
  return { limit: largestPage, pages: Array.from({ length: to - from + 1 }, (_, index) => from + index + 1) };
}

/** A window of a listing. */
export async function readPart<Item>(
  window: { offset: number; length: number },
  readPage: ReadPage,
  itemsOf: (answer: Answer) => readonly Item[],
): Promise<Part<Item>> {
  const { limit, pages } = pagesFor(window.offset, Math.max(window.length, 1));
  const answers = await Promise.all(pages.map((page) => readPage({ page, limit })));
  const skipped = ((pages[0] ?? 1) - 1) * limit;
  const read = answers.flatMap(itemsOf);
  const start = window.offset - skipped;
  return {
    items: read.slice(start, start + window.length),
    total: answers[0] ? totalOf(answers[0], read.length > 0 ? skipped + read.length : 0) : 0,
  };
}
