import type { Repository } from "./repository.store.ts";
import type { User } from "./user.store.ts";

/** The ladder of access, lowest first. */
export const accessLadder = ["none", "read", "write", "admin", "owner"] as const;

/** How much a user may do with a repository. */
export type Access = (typeof accessLadder)[number];

/** The one rule: a site admin counts as the owner, a public repository is readable by all but restricted users. */
export function accessOf(user: User | undefined, repository: Repository): Access {
  if (user !== undefined && (user.isAdmin || user === repository.owner)) return "owner";
  const given = user && repository.collaborators.get(user.id);
  if (given !== undefined) return given;
  const open = !repository.private && user?.restricted !== true && maySee(user, repository.owner);
  return open ? "read" : "none";
}

/** Whether one rung is at least as high as another. */
export function reaches(access: Access, wanted: Access): boolean {
  return accessLadder.indexOf(access) >= accessLadder.indexOf(wanted);
}

/** Access as a repository body tells it. */
export function permissionFlags(access: Access): { admin: boolean; push: boolean; pull: boolean } {
  return { admin: reaches(access, "admin"), push: reaches(access, "write"), pull: reaches(access, "read") };
}

/** Whether a caller may know that a user exists. */
export function maySee(caller: User | undefined, user: User): boolean {
  if (user.visibility === "public" || caller === user || caller?.isAdmin === true) return true;
  return user.visibility === "limited" && caller !== undefined;
}
