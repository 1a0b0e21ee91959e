/** A place of one connection among those the process has. */
export interface Place {
  /** Says whose it is; false when they have as many as they may. */
  readonly claim: (viewer: string) => boolean;
  readonly leave: () => void;
}

/** How many connections there may be, of all people and of each. */
export interface Places {
  /** Undefined when all are taken. */
  readonly take: () => Place | undefined;
}

export function createPlaces({ total, perViewer }: { total: number; perViewer: number }): Places {
  const held = new Map<string, number>();
  let taken = 0;
  return {
    take: () => {
      if (taken >= total) return undefined;
      taken += 1;
      let owner: string | undefined;
      let isLeft = false;
      return {
        claim: (viewer) => {
          const has = held.get(viewer) ?? 0;
          if (isLeft || owner !== undefined || has >= perViewer) return false;
          owner = viewer;
          held.set(viewer, has + 1);
          return true;
        },
        leave: () => {
          if (isLeft) return;
          isLeft = true;
          taken -= 1;
          if (owner === undefined) return;
          const has = (held.get(owner) ?? 1) - 1;
          if (has > 0) held.set(owner, has);
          else held.delete(owner);
        },
      };
    },
  };
}
