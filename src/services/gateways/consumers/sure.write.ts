import { UpstreamRejected, UpstreamUnavailable } from "../../../errors.ts";

/**
 * Writes once, and reads back what is there then. An outage says nothing of what was done: what is found tells. It is
 * never sent again.
 */
export async function written<Found>(
  write: () => Promise<unknown>,
  find: () => Promise<Found | undefined>,
): Promise<Found> {
  const outage = await write().then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof UpstreamUnavailable) return error;
      throw error;
    },
  );
  const found = outage ? await find().catch(() => undefined) : await find();
  if (found !== undefined) return found;
  throw outage ?? new UpstreamRejected("gateway-admin", "The gateway said yes to this and did not do it.");
}
