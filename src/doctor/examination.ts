import { setTimeout as wait } from "node:timers/promises";
import { groups, wrong, type Finding, type Group, type Told } from "./finding.ts";

/** Things that are looked at together, one after the other. */
export interface Examination {
  readonly group: Group;
  readonly look: () => Promise<readonly Told[]>;
}

async function withinTime({ group, look }: Examination, deadlineMs: number): Promise<readonly Told[]> {
  const stopping = new AbortController();
  const late = wait(deadlineMs, undefined, { signal: stopping.signal }).then(
    () => [
      wrong(group, "looking at it took too long.", "Run it again with a longer --patience, such as 30s."),
    ],
    () => [],
  );
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    // What it says is not known to hold no secret.
    const name = error instanceof Error ? error.name : "an error";
    return [
      wrong(group, `it could not be looked at (${name}).`, "This is a fault of the doctor's: report it."),
    ];
  } finally {
    stopping.abort();
  }
}

/** Looks at everything side by side, and tells what was found in the order of the groups. */
export async function examine(
  examinations: readonly Examination[],
  deadlineMs: number,
): Promise<readonly Finding[]> {
  const found = await Promise.all(
    examinations.map(async (examination) => {
      const told = await withinTime(examination, deadlineMs);
      return told.map((each) => ({ ...each, group: each.group ?? examination.group }));
    }),
  );
  const all = found.flat();
  return groups.flatMap((group) => all.filter((finding) => finding.group === group));
}
