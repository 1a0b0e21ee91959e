/** How something stands: as it is to be, so that it works but not as it should, so that it does not, or not looked at. */
export type Standing = "ok" | "warning" | "wrong" | "skipped";

/** What findings are told under, in this order. */
export const groups = [
  "configuration",
  "Gitea",
  "platform services",
  "a producer's services",
  "Kubernetes",
  "Redis",
  "clocks",
  "webhooks",
  "sign-in",
] as const;

export type Group = (typeof groups)[number];

/** One thing that was looked at. Nothing in it is a secret. */
export interface Finding {
  readonly group: Group;
  /** What was looked at, by a name that stays the same. */
  readonly check: string;
  readonly standing: Standing;
  /** How it is. */
  readonly says: string;
  /** What to do about it, where something is to be done. */
  readonly mend?: string;
}

/** A finding of a group that is known from where it was made. */
export type Told = Omit<Finding, "group"> & { readonly group?: Group };

export const ok = (check: string, says: string): Told => ({ check, standing: "ok", says });

export const skipped = (check: string, says: string): Told => ({ check, standing: "skipped", says });

export const warning = (check: string, says: string, mend: string): Told => ({
  check,
  standing: "warning",
  says,
  mend,
});

export const wrong = (check: string, says: string, mend: string): Told => ({
  check,
  standing: "wrong",
  says,
  mend,
});
