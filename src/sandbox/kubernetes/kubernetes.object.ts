/** Any fields, of an object or of a part of it. */
export type Fields = Readonly<Record<string, unknown>>;

/** Labels, and what is written like them. */
export type Labels = Readonly<Record<string, string>>;

/** Whose an object is: it goes when its owner goes. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** What every object of the cluster says of itself. */
export interface Metadata {
  readonly name: string;
  readonly generateName?: string;
  /** Empty for what is of the whole cluster. */
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation?: number;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** Who has something to do yet before it can go. */
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly Fields[];
}

/** An object as the cluster keeps it: its kind and version are said when it is shown. Nothing in it is ever changed. */
export interface ClusterObject {
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

/** An object that somebody wants: of its metadata only the name is needed. */
export type Wanted<T extends ClusterObject> = {
  readonly [K in keyof T as K extends "metadata" ? never : K]: T[K];
} & { readonly metadata: Partial<Metadata> & Pick<Metadata, "name"> };

/** Points at the one that an object belongs to. */
export function ownedBy(apiVersion: string, kind: string, { metadata }: ClusterObject): OwnerReference {
  const { name, uid } = metadata;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/** A text or a number as text; nothing of anything else. */
export function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A moment as the cluster writes it: whole seconds. */
export function stamp(at: Date = new Date()): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
