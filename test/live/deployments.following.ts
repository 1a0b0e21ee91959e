import type { FollowDeploymentsSubscription } from "../generated/operations.ts";
import type { Subscribed } from "../support/live-client.ts";

export type ToldDeployments = FollowDeploymentsSubscription["projectDeployments"];

/** Reads what is told until it is as wanted; how often that was is a matter of who is quick. */
export async function deploymentsUntil(
  following: Subscribed<FollowDeploymentsSubscription>,
  isWanted: (told: ToldDeployments) => boolean,
): Promise<ToldDeployments> {
  for (;;) {
    const { data, codes } = await following.event();
    if (!data) throw new Error(`the deployments ended with ${codes.join()}`);
    if (isWanted(data.projectDeployments)) return data.projectDeployments;
  }
}

/** The first of a kind as it is told. */
export const deployed = ({ resources }: ToldDeployments, wanted: string) =>
  resources.find(({ kind }) => kind === wanted);
