/** Somebody in the line: told once when it is their turn, or why it will not be. */
export interface Waiting {
  readonly go: () => void;
  readonly refuse: (why: Error) => void;
}

/** Places of which there are so many, and a line before them in which those who ask for much wait behind their own. */
export interface FairLine {
  /** Whether there was a place at once: that is how nearly everything gets its own. */
  readonly take: (owner: string | undefined) => boolean;
  /** Waits for one; what is returned leaves the line. Undefined when the line is full of others who ask for as little. */
  readonly wait: (owner: string | undefined, waiting: Waiting) => (() => void) | undefined;
  /** Gives a place back, of which others are told in turn. */
  readonly giveBack: (owner: string | undefined) => void;
  /** Sends away all who wait. */
  readonly sendAway: (why: () => Error) => void;
}

interface Limits {
  readonly places: number;
  /** The most places that one owner has, however few others want any. */
  readonly perOwner: number;
  readonly line: number;
  /** Why somebody is sent away who has most of the line, when it is full and somebody else comes. */
  readonly crowdedOut: () => Error;
}

interface Owner {
  readonly most: number;
  taken: number;
  readonly waiting: Set<Waiting>;
}

/** Each owner has a turn before anybody has another; what is nobody's in particular counts as one owner, without bounds. */
export function createFairLine({ places, perOwner, line, crowdedOut }: Limits): FairLine {
  const owners = new Map<string | undefined, Owner>();
  /** Who waits, in the order of turns. */
  const inLine = new Set<Owner>();
  let taken = 0;
  let waitingInAll = 0;

  const ownerOf = (key: string | undefined): Owner => {
    const known = owners.get(key);
    if (known) return known;
    const come = { most: key === undefined ? places : perOwner, taken: 0, waiting: new Set<Waiting>() };
    owners.set(key, come);
    return come;
  };

  const forgetIdle = (key: string | undefined, owner: Owner) => {
    if (owner.taken === 0 && owner.waiting.size === 0) owners.delete(key);
  };

  const remove = (owner: Owner, waiting: Waiting): boolean => {
    if (!owner.waiting.delete(waiting)) return false;
    waitingInAll -= 1;
    if (owner.waiting.size === 0) inLine.delete(owner);
    return true;
  };

  const next = (): Owner | undefined => {
    for (const owner of inLine) if (owner.taken < owner.most) return owner;
    return undefined;
  };

  const handOn = () => {
    while (taken < places) {
      const owner = next();
      const [first] = owner?.waiting ?? [];
      if (!owner || !first) return;
      remove(owner, first);
      if (inLine.delete(owner)) inLine.add(owner);
      taken += 1;
      owner.taken += 1;
      first.go();
    }
  };

  /** Makes room in a full line at the cost of whoever has most of it, if that is not who comes. */
  const crowdOut = (come: Owner): boolean => {
    let crowd = come;
    for (const owner of inLine) if (owner.waiting.size > crowd.waiting.size) crowd = owner;
    const last = [...crowd.waiting].at(-1);
    if (!last || crowd.waiting.size <= come.waiting.size + 1) return false;
    remove(crowd, last);
    last.refuse(crowdedOut());
    return true;
  };

  return {
    take: (key) => {
      if (taken >= places) return false;
      const owner = ownerOf(key);
      if (owner.taken >= owner.most) return false;
      taken += 1;
      owner.taken += 1;
      return true;
    },
    wait: (key, waiting) => {
      const owner = ownerOf(key);
      if (waitingInAll >= line && !crowdOut(owner)) {
        forgetIdle(key, owner);
        return undefined;
      }
      owner.waiting.add(waiting);
      inLine.add(owner);
      waitingInAll += 1;
      return () => {
        if (remove(owner, waiting)) forgetIdle(key, owner);
      };
    },
    giveBack: (key) => {
      const owner = ownerOf(key);
      taken -= 1;
      owner.taken -= 1;
      handOn();
      forgetIdle(key, owner);
    },
    sendAway: (why) => {
      for (const owner of [...inLine]) {
        for (const waiting of [...owner.waiting]) {
          remove(owner, waiting);
          waiting.refuse(why());
        }
      }
      for (const [key, owner] of owners) forgetIdle(key, owner);
    },
  };
}
