/** Writes a refusal; `repeated` is how often there was the same since, and `isOfMany` that it stands for different ones. */
export type WriteRefusal = (repeated: number | undefined, isOfMany: boolean) => void;

/** Lets each refusal be written once a window, and says at its end how often it came again. */
export interface RefusalWindows {
  readonly take: (owner: string, what: string, write: WriteRefusal) => void;
  /** Says how often each came again, and begins anew. */
  readonly end: () => void;
  readonly close: () => void;
}

/** A refusal that was written, and how often it came again. */
interface Counted {
  count: number;
  write: WriteRefusal;
}

const windowMs = 60_000;
/** So many different refusals of one owner are written in a window, and so many of all. */
const mostOfOne = 100;
const mostOfAll = 5000;

/** Whoever asks for the same, or for ever something else, fills neither a disk nor anybody's trail. */
export function createRefusalWindows(): RefusalWindows {
  const same = new Map<string, Counted>();
  const written = new Map<string, number>();
  const others = new Map<string, Counted>();

  const end = () => {
    const all = [...same.values()];
    const many = [...others.values()];
    for (const each of [same, written, others]) each.clear();
    for (const { count, write } of all) if (count > 0) write(count, false);
    for (const { count, write } of many) write(count, true);
  };
  const timer = setInterval(end, windowMs).unref();

  return {
    take: (owner, what, write) => {
      const key = `${owner} ${what}`;
      const before = same.get(key);
      if (before) {
        Object.assign(before, { count: before.count + 1, write });
        return;
      }
      const ofOne = written.get(owner) ?? 0;
      if (ofOne >= mostOfOne || same.size >= mostOfAll) {
        others.set(owner, { count: (others.get(owner)?.count ?? 0) + 1, write });
        return;
      }
      written.set(owner, ofOne + 1);
      same.set(key, { count: 0, write });
      write(undefined, false);
    },
    end,
    close: () => {
      clearInterval(timer);
      end();
    },
  };
}
