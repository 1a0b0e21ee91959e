/** Why something cannot be done yet, by what `viewerCan` says of its permission: an outage is no refusal. */
export function reasonNot(permission: string, may: boolean | null | undefined): string | undefined {
  if (may === true) return undefined;
  if (may === false) return `needs ${permission}`;
  return may === null
    ? `whether you have ${permission} cannot be asked just now`
    : `whether you have ${permission} is being asked`;
}
