import type { SignedIn } from "../context.ts";
import { BadUserInput } from "../errors.ts";
import { isPermission, nounOf, permissions, type Noun } from "../permissions/catalogue.ts";

/** Answers a thing's `viewerCan(permission:)`; only permissions that are about such a thing can be asked for. */
export function viewerCan(
  { policy }: SignedIn,
  nouns: readonly Noun[],
  permission: string,
  subject: unknown,
): Promise<boolean> {
  if (isPermission(permission) && nouns.includes(nounOf(permission))) return policy.can(permission, subject);
  const allowed = permissions.filter((each) => nouns.includes(nounOf(each)));
  throw new BadUserInput([{ field: "permission", message: `must be one of ${allowed.join(", ")}` }]);
}

/** The description of every `permission` argument. */
export const permissionArgument = "A permission such as `project:write`, spelt as in the schema's `@can`.";
