import { z } from "zod";

/** Gitea's answers as recorded, cut to what the gateway reads of them. */

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
  html_url: z.string(),
  ssh_url: z.string(),
  clone_url: z.string(),
  default_branch: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  permissions: z.object({ admin: z.boolean(), push: z.boolean(), pull: z.boolean() }),
});

export const branchShape = z.object({
  name: z.string(),
  protected: z.boolean(),
  commit: z.object({ id: z.string(), message: z.string(), timestamp: z.string() }),
});

const signatureShape = z.object({ name: z.string(), email: z.string(), date: z.string() });

export const commitShape = z.object({
  sha: z.string(),
  html_url: z.string(),
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
  created_at: z.string(),
});

export const messageShape = z.object({ message: z.string() });

export const heldPermissionShape = z.object({
  permission: z.enum(["none", "read", "write", "admin", "owner"]),
});
