import { z } from "zod";

/** What the workspace tells of its running project. */
export interface StoredStatus {
  readonly status: string;
  readonly output: string;
  readonly instance: string;
  readonly running: boolean;
  /** The commit that is checked out. */
  readonly commit: string;
}

/** A status as the workspace tells it. */
export const statusShape = z
  .object({
    status: z.string(),
    output: z.string(),
    instance: z.string(),
    running: z.boolean(),
    ws_git: z.string(),
  })
  .transform(({ ws_git: commit, ...status }): StoredStatus => ({ ...status, commit }));

const eventShape = z.object({ data: statusShape });

/** A status as an event of the workspace's stream tells it; undefined for what is none. */
export function readStreamedStatus(data: string): StoredStatus | undefined {
  try {
    return eventShape.safeParse(JSON.parse(data)).data?.data;
  } catch {
    return undefined;
  }
}
