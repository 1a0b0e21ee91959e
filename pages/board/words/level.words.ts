import type { PermissionLevel } from "@sett/client";

/** What somebody may do with a project, in a few words. */
export const levelWords: Record<PermissionLevel, string> = {
  READ: "may look",
  WRITE: "may change",
  ADMIN: "may change and share",
};

/** The same of whoever looks, as a sentence. */
export const viewerWords: Record<PermissionLevel, string> = {
  READ: "You may look at it.",
  WRITE: "You may change it.",
  ADMIN: "You may change it and share it.",
};
