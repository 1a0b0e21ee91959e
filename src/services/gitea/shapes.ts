import { z } from "zod";

/** Gitea's answers as recorded, cut to what the gateway reads of them. */

/** What could not be shown as a date or an address is another shape, and not a fault of the gateway's. */
const date = z.iso.datetime({ offset: true });
const address = z.url();

export const userShape = z.object({
  id: z.number(),
  login: z.string(),
  full_name: z.string(),
  email: z.string(),
  avatar_url: z.string(),
  is_admin: z.boolean().default(false),
  active: z.boolean().default(true),
  prohibit_login: z.boolean().default(false),
});

export const repositoryShape = z.object({
  id: z.number(),
  owner: userShape,
  name: z.string(),
  description: z.string(),
  empty: z.boolean(),
  private: z.boolean(),
  archived: z.boolean(),
  html_url: address,
  ssh_url: z.string(),
  clone_url: address,
  default_branch: z.string(),
  created_at: date,
  updated_at: date,
  permissions: z.object({ admin: z.boolean(), push: z.boolean(), pull: z.boolean() }),
});

export const branchShape = z.object({
  name: z.string(),
  protected: z.boolean(),
  commit: z.object({ id: z.string(), message: z.string(), timestamp: date }),
});

const signatureShape = z.object({ name: z.string(), email: z.string(), date });

export const commitShape = z.object({
  sha: z.string(),
  html_url: address,
  commit: z.object({ message: z.string(), author: signatureShape, committer: signatureShape }),
  author: z.object({ login: z.string() }).nullish(),
});

export const archivedShape = z.object({ archived: z.boolean() });

/** Whatever stands at a path: a file, a link, a submodule. */
export const entryShape = z.object({ type: z.string() });

export const fileShape = z.object({
  name: z.string(),
  path: z.string(),
  sha: z.string(),
  last_commit_sha: z.string(),
  size: z.number(),
  encoding: z.string().nullable(),
  content: z.string().nullable(),
});

export const writtenFileShape = z.object({
  content: z.object({ sha: z.string(), last_commit_sha: z.string() }),
  commit: z.object({ sha: z.string() }),
});

export const keyShape = z.object({
  id: z.number(),
  title: z.string(),
  key: z.string(),
  fingerprint: z.string(),
  created_at: date,
});

export const messageShape = z.object({ message: z.string() });

export const heldPermissionShape = z.object({
  permission: z.enum(["none", "read", "write", "admin", "owner"]),
});
