import { nameRules } from "../../names.ts";

/** What stands for a commit that is not there: one before the first, or after the last. */
const nothing = /^0+$/;

/** The branch that a reference names; undefined for tags and all that is none. */
export function branchOf(ref: string): string | undefined {
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  return branch !== undefined && nameRules.GitReference.accepts(branch) ? branch : undefined;
}

/** Whether a text is a commit's name, or stands for none. */
export const isCommit = nameRules.BlobSha.accepts;

/** A commit's name, or undefined where it stands for none. */
export const commitOf = (sha: string): string | undefined => (nothing.test(sha) ? undefined : sha);
