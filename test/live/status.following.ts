import type { FollowStatusSubscription } from "../generated/operations.ts";
import type { Subscribed } from "../support/live-client.ts";

export type Told = FollowStatusSubscription["projectStatus"];

/** Reads what is told until it is as wanted; how often that was is a matter of who is quick. */
export async function toldUntil(
  following: Subscribed<FollowStatusSubscription>,
  isWanted: (told: Told) => boolean,
): Promise<Told> {
  for (;;) {
    const { data, codes } = await following.event();
    if (!data) throw new Error(`the status ended with ${codes.join()}`);
    if (isWanted(data.projectStatus)) return data.projectStatus;
  }
}

/** A function as it is told. */
export const functionIn = ({ functions }: Told, wanted: string) =>
  functions?.find(({ name }) => name === wanted);

/** Everything that was said of something while it was on its way, each once. */
export async function saidUntil(
  following: Subscribed<FollowStatusSubscription>,
  say: (told: Told) => string | undefined,
  last: string,
): Promise<readonly string[]> {
  const said: string[] = [];
  await toldUntil(following, (told) => {
    const now = say(told);
    if (now !== undefined && said.at(-1) !== now) said.push(now);
    return now === last;
  });
  return said;
}
