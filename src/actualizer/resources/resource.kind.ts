import type { z } from "zod";

/** A rule of a resource in the cluster's own language, with what is said to whoever breaks it. */
export interface ResourceRule {
  readonly rule: string;
  readonly message: string;
}

/** A column of what `kubectl get` prints. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly priority?: number;
}

/** A kind of custom resource: what it is called, what is in it, and what holds for it. */
export interface ResourceKind {
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly about: string;
  readonly spec: z.ZodObject;
  readonly status: z.ZodObject;
  readonly rules: readonly ResourceRule[];
  readonly columns: readonly Column[];
}

/** Whose it is and whether it is so, as columns. */
export const ageColumn: Column = { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" };

export const placeColumns: readonly Column[] = [
  { name: "Producer", type: "string", jsonPath: ".spec.producer" },
  { name: "Env", type: "string", jsonPath: ".spec.env" },
];

export const conditionColumn = (type: string): Column => ({
  name: type,
  type: "string",
  jsonPath: `.status.conditions[?(@.type=="${type}")].status`,
});
