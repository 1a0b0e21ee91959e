import type { KnownIdentity } from "./connection.identity.ts";
import { createTally, type Tally } from "./tally.ts";

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

/** What all places of a process are counted by. */
interface Counts {
  readonly ofViewers: Tally;
  readonly ofNobody: Tally;
  readonly silent: Map<Place, () => void>;
  taken: number;
}

/** Thousands of connections have one: a class, because its methods are there once and not for each of them. */
class TakenPlace implements Place {
  private readonly counts: Counts;
  private owner: KnownIdentity | undefined;
  private isLeft = false;

  constructor(counts: Counts) {
    this.counts = counts;
    counts.taken += 1;
  }

  keep(): void {
    this.counts.silent.delete(this);
  }

  claim(identity: KnownIdentity): boolean {
    if (this.isLeft || this.owner || !this.add(identity)) return false;
    this.owner = identity;
    return true;
  }

  leave(): void {
    if (this.isLeft) return;
    this.isLeft = true;
    const { counts, owner } = this;
    counts.taken -= 1;
    counts.silent.delete(this);
    if (!owner) return;
    counts.ofViewers.remove(owner.viewer);
    if (!owner.isSignedIn) counts.ofNobody.remove("nobody");
  }

  private add({ viewer, isSignedIn }: KnownIdentity): boolean {
    const { ofViewers, ofNobody } = this.counts;
    if (!ofViewers.add(viewer)) return false;
    if (isSignedIn || ofNobody.add("nobody")) return true;
    ofViewers.remove(viewer);
    return false;
  }
}

export function createPlaces({ total, perViewer }: { total: number; perViewer: number }): Places {
  const counts: Counts = {
    ofViewers: createTally(perViewer),
    ofNobody: createTally(Math.max(1, Math.floor(total / nobodyShare))),
    silent: new Map(),
    taken: 0,
  };

  const crowdOut = () => {
    const [longest] = counts.silent;
    if (!longest) return;
    const [place, crowdedOut] = longest;
    place.leave();
    crowdedOut();
  };

  return {
    take: (crowdedOut) => {
      if (counts.taken >= total) crowdOut();
      if (counts.taken >= total) return undefined;
      const place = new TakenPlace(counts);
      if (crowdedOut) counts.silent.set(place, crowdedOut);
      return place;
    },
  };
}
