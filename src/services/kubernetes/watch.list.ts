import type { ClusterConnection } from "./cluster.connection.ts";
import { ClusterUnreachable } from "./cluster.errors.ts";
import { readPage, type Page } from "./watch.events.ts";
import type { WatchPatience } from "./watch.patience.ts";
import { TooManyObjects } from "./watch.standing.ts";

/** What is watched: one kind of object in one place. */
export interface WatchedKind<Item> {
  /** For logs. */
  readonly name: string;
  /** The address of the collection in unescaped segments, such as `api, v1, namespaces, customer, pods`. */
  readonly path: readonly string[];
  readonly labelSelector?: string | undefined;
  /** What is kept of an object; undefined for one that is of no interest. */
  readonly read: (object: unknown) => Item | undefined;
}

/** Everything there is, by uid, and the version of the collection that it is of. */
export interface Listed<Item> {
  readonly items: ReadonlyMap<string, Item>;
  readonly version: string;
}

/** Lists everything, page by page; of each object only what is kept outlives its page. */
export async function listAll<Item>(
  connection: ClusterConnection,
  kind: WatchedKind<Item>,
  patience: WatchPatience,
  signal: AbortSignal,
): Promise<Listed<Item>> {
  const items = new Map<string, Item>();
  const { pageSize, objectLimit } = patience;
  let seen = 0;
  let next: string | undefined;
  let version: string | undefined;
  do {
    const text = await connection.ask({
      path: kind.path,
      query: { limit: pageSize, labelSelector: kind.labelSelector, continue: next },
      timeoutMs: patience.pageTimeoutMs,
      bytesLimit: patience.pageBytesLimit,
      signal,
    });
    const page: Page = readPage(text);
    // A page may be empty and yet go on; one that repeats itself would go on for ever.
    if (page.next !== undefined && page.next === next) throw new ClusterUnreachable("MALFORMED");
    seen += Math.max(page.items.length, 1);
    if (seen > objectLimit) throw new TooManyObjects();
    for (const { uid, object } of page.items) {
      const item = kind.read(object);
      if (item !== undefined) items.set(uid, item);
    }
    version ??= page.version;
    next = page.next;
  } while (next !== undefined);
  return { items, version };
}
