import { registerEnumType } from "type-graphql";
import type { Level } from "../permissions/catalogue.ts";

/** The rungs of Gitea's ladder, as the graph spells them. */
export enum PermissionLevel {
  READ = "read",
  WRITE = "write",
  ADMIN = "admin",
}

registerEnumType(PermissionLevel, {
  name: "PermissionLevel",
  description: "What somebody may do with a repository; each level includes those before it.",
  valuesConfig: {
    READ: { description: "See it." },
    WRITE: { description: "See and change it." },
    ADMIN: { description: "See and change it, and say who else may. Owners and site admins are here." },
  },
});

const byLevel: Record<Level, PermissionLevel> = {
  read: PermissionLevel.READ,
  write: PermissionLevel.WRITE,
  admin: PermissionLevel.ADMIN,
};

export function toPermissionLevel(level: Level): PermissionLevel {
  return byLevel[level];
}
