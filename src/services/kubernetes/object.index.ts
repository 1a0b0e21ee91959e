import { isDeepStrictEqual } from "node:util";
import type { WatchTarget } from "./watch.engine.ts";

/** What became of one object. */
export interface ObjectChange<Item> {
  readonly kind: "ADDED" | "CHANGED" | "REMOVED";
  /** As it is now; of one that was removed, as it was. */
  readonly item: Item;
}

/** All changes of one group that happened at once. */
export type GroupListener<Item> = (changes: readonly ObjectChange<Item>[], key: string) => void;

/** The objects of one kind, in groups such as a producer's environment. */
export interface ObjectIndex<Item> extends WatchTarget<Item> {
  /** What is in a group now: one list for all who ask until the group changes, so it is not to be changed. */
  readonly of: (key: string) => readonly Item[];
  /** Changes of one group from now on; what `of` answers in the same breath is what they are changes of. */
  readonly listen: (key: string, listener: GroupListener<Item>) => () => void;
  /** Changes of all groups, one group after the other: an object that moved may be told as added before as removed. */
  readonly listenToAll: (listener: GroupListener<Item>) => () => void;
  readonly keys: () => readonly string[];
}

interface Group<Item> {
  readonly items: Map<string, Item>;
  /** The list that is handed out; undefined after a change, until somebody asks. */
  list: readonly Item[] | undefined;
}

interface Options<Item> {
  readonly keyOf: (item: Item) => string;
  readonly onListenerError: (error: unknown) => void;
}

/** An index in which a change costs what it touches. Objects are known by uid, so a new one of an old name is new. */
export function createObjectIndex<Item>({ keyOf, onListenerError }: Options<Item>): ObjectIndex<Item> {
  const none: readonly Item[] = [];
  const groups = new Map<string, Group<Item>>();
  const keysByUid = new Map<string, string>();
  const listeners = new Map<string, Set<GroupListener<Item>>>();
  const general = new Set<GroupListener<Item>>();

  type Changes = Map<string, ObjectChange<Item>[]>;

  function note(changes: Changes, key: string, change: ObjectChange<Item>): void {
    const noted = changes.get(key);
    if (noted) noted.push(change);
    else changes.set(key, [change]);
  }

  function tell(changes: Changes): void {
    for (const [key, noted] of changes) {
      for (const listener of [...(listeners.get(key) ?? []), ...general]) {
        try {
          listener(noted, key);
        } catch (error) {
          onListenerError(error);
        }
      }
    }
  }

  function takeOut(uid: string, changes: Changes): void {
    const key = keysByUid.get(uid);
    const group = key === undefined ? undefined : groups.get(key);
    const item = group?.items.get(uid);
    if (key === undefined || !group || item === undefined) return;
    keysByUid.delete(uid);
    group.items.delete(uid);
    group.list = undefined;
    if (group.items.size === 0) groups.delete(key);
    note(changes, key, { kind: "REMOVED", item });
  }

  function putIn(uid: string, item: Item, changes: Changes): void {
    const key = keyOf(item);
    const known = keysByUid.get(uid);
    if (known !== undefined && known !== key) takeOut(uid, changes);
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { items: new Map(), list: undefined }));
    const before = group.items.get(uid);
    // Most of what happens to an object is nothing that is kept of it, and so is told to nobody.
    if (before !== undefined && isDeepStrictEqual(before, item)) return;
    keysByUid.set(uid, key);
    group.items.set(uid, item);
    group.list = undefined;
    note(changes, key, { kind: before === undefined ? "ADDED" : "CHANGED", item });
  }

  /** Everything is in its place before anybody is told, so that no listener sees half a change. */
  function change(make: (changes: Changes) => void): void {
    const changes: Changes = new Map();
    make(changes);
    tell(changes);
  }

  return {
    put: (uid, item) => change((changes) => putIn(uid, item, changes)),
    remove: (uid) => change((changes) => takeOut(uid, changes)),
    replace: (items) =>
      change((changes) => {
        for (const uid of [...keysByUid.keys()]) if (!items.has(uid)) takeOut(uid, changes);
        for (const [uid, item] of items) putIn(uid, item, changes);
      }),
    size: () => keysByUid.size,
    of: (key) => {
      const group = groups.get(key);
      return group ? (group.list ??= [...group.items.values()]) : none;
    },
    listen: (key, listener) => {
      const those = listeners.get(key) ?? new Set();
      // A function of its own, for somebody may listen twice with one.
      const own: GroupListener<Item> = (changes) => listener(changes, key);
      listeners.set(key, those.add(own));
      return () => {
        those.delete(own);
        if (those.size === 0 && listeners.get(key) === those) listeners.delete(key);
      };
    },
    listenToAll: (listener) => {
      const own: GroupListener<Item> = (changes, key) => listener(changes, key);
      general.add(own);
      return () => {
        general.delete(own);
      };
    },
    keys: () => [...groups.keys()],
  };
}
