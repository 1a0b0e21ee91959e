import type { KnownIdentity } from "./connection.identity.ts";
import { createTally } from "./tally.ts";

/** A place of one connection among those the process has. */
export interface Place {
  /** Whoever has it has spoken, and is not crowded out any more. */
  readonly keep: () => void;
  /** Says whose it is; false when they have as many as they may. */
  readonly claim: (identity: KnownIdentity) => boolean;
  readonly leave: () => void;
}

/** How many connections there may be, of all people and of each. */
export interface Places {
  /**
   * Undefined when all are taken. Who says here how they can be crowded out has said nothing yet, and gives way to
   * whoever comes when all places are taken: those who have been silent longest go first.
   */
  readonly take: (crowdedOut?: () => void) => Place | undefined;
}

/** Of so many places one is for those who show nothing. */
const nobodyShare = 10;

export function createPlaces({ total, perViewer }: { total: number; perViewer: number }): Places {
  const ofViewers = createTally(perViewer);
  const ofNobody = createTally(Math.max(1, Math.floor(total / nobodyShare)));
  const silent = new Map<Place, () => void>();
  let taken = 0;

  const crowdOut = () => {
    const [longest] = silent;
    if (!longest) return;
    const [place, crowdedOut] = longest;
    place.leave();
    crowdedOut();
  };

  const add = ({ viewer, isSignedIn }: KnownIdentity): boolean => {
    if (!ofViewers.add(viewer)) return false;
    if (isSignedIn || ofNobody.add("nobody")) return true;
    ofViewers.remove(viewer);
    return false;
  };

  return {
    take: (crowdedOut) => {
      if (taken >= total) crowdOut();
      if (taken >= total) return undefined;
      taken += 1;
      let owner: KnownIdentity | undefined;
      let isLeft = false;
      const place: Place = {
        keep: () => silent.delete(place),
        claim: (identity) => {
          if (isLeft || owner || !add(identity)) return false;
          owner = identity;
          return true;
        },
        leave: () => {
          if (isLeft) return;
          isLeft = true;
          taken -= 1;
          silent.delete(place);
          if (!owner) return;
          ofViewers.remove(owner.viewer);
          if (!owner.isSignedIn) ofNobody.remove("nobody");
        },
      };
      if (crowdedOut) silent.set(place, crowdedOut);
      return place;
    },
  };
}
