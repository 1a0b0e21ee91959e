import type { Grant } from "./grant.ts";

type Without<Whole, Part extends PropertyKey> = Whole extends unknown ? Omit<Whole, Part> : never;

/** Makes a grant of what the policy has found out. Nothing but the policy may import this; lint says so. */
export function mint<Made extends Grant>(found: Without<Made, "holds" | symbol>): Made {
  return found as unknown as Made;
}
