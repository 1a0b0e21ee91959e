import { createHash } from "node:crypto";
import type { ProjectingPatience } from "./projecting.patience.ts";

/** Has everybody be looked at now and then, whatever has been told of them, a share of them after each listing. */
export interface RegularLooks {
  /** Whose turn it is now that all of these have been listed. */
  readonly due: (producers: readonly string[]) => readonly string[];
}

/** How much longer than said it may be from one listing to the next. */
const slowest = 1.1;

export function createRegularLooks({
  everybodyMs,
  passMs,
}: Pick<ProjectingPatience, "everybodyMs" | "passMs">): RegularLooks {
  const turns = Math.min(2 ** 32, Math.max(1, Math.floor(everybodyMs / (slowest * passMs))));
  let turn = Math.floor(Math.random() * turns);
  /** The same one whoever else comes and goes. */
  const turnOf = (producer: string) => createHash("sha256").update(producer).digest().readUInt32BE() % turns;
  return {
    due: (producers) => {
      turn = (turn + 1) % turns;
      return producers.filter((producer) => turnOf(producer) === turn);
    },
  };
}
