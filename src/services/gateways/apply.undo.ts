import { UpstreamUnavailable } from "../../errors.ts";
import { settled, type SettleOptions } from "./apply.steps.ts";
import type { EntryKind, RunningConfig } from "./running.config.ts";

/** An entry that a write has made, or tried to. */
export interface MadeEntry {
  readonly kind: EntryKind;
  readonly name: string;
}

/** Takes away what one write to a gateway has made. */
export interface Unmaking {
  /** Remembers that an entry was sent, and may be stored by now. */
  readonly sent: (entry: MadeEntry) => void;
  /** Takes an entry away; throws where it may come to be served all the same. */
  readonly undo: (entry: MadeEntry) => Promise<void>;
}

interface Means {
  readonly read: () => Promise<RunningConfig>;
  /** Whether the entry was served when it was taken away. */
  readonly remove: (entry: MadeEntry) => Promise<boolean>;
  readonly settle: SettleOptions;
}

/**
 * What is not served yet cannot be taken away: the gateway says that it is not there, and serves it a moment later. So
 * all that was sent is waited for, once, and what never came is not taken for gone.
 */
export function createUnmaking({ read, remove, settle }: Means): Unmaking {
  const sent = new Set<MadeEntry>();
  const seen = new Set<MadeEntry>();
  let waited: Promise<unknown> | undefined;

  const areServed = (config: RunningConfig) => {
    for (const each of sent) if (config[each.kind].has(each.name)) seen.add(each);
    return seen.size === sent.size;
  };

  return {
    sent: (entry) => void sent.add(entry),
    undo: async (entry) => {
      if (sent.size > 0) waited ??= settled(read, areServed, settle).catch(() => undefined);
      await waited;
      const wasServed = await remove(entry);
      if (wasServed || seen.has(entry) || !sent.has(entry)) return;
      throw new UpstreamUnavailable(
        "gateway-admin",
        "what was written is not served and cannot be taken away",
      );
    },
  };
}
