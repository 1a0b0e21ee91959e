import { z } from "zod";
import type { ApiKind } from "../../services/kubernetes/object.client.ts";
import { resourceApiVersion } from "../resources/resource.parts.ts";

const words = z.record(z.string(), z.string()).nullish();

const ownerShape = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  uid: z.string(),
  controller: z.boolean().nullish(),
});

const objectShape = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    uid: z.string(),
    resourceVersion: z.string(),
    labels: words,
    annotations: words,
    deletionTimestamp: z.string().nullish(),
    ownerReferences: z.array(ownerShape).nullish(),
    managedFields: z.unknown().optional(),
  }),
});

/** Whose an object is. */
export interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** An object that runs something, as it was last seen. */
export interface SeenObject {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly version: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Whose it is, where it says so. */
  readonly owner: Owner | undefined;
  /** It is on its way out. */
  readonly isLeaving: boolean;
  /** The whole object but for who set what. */
  readonly whole: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string };
  };
}

/** Reads an object of a kind; items of lists do not say of which kind they are. */
export function readObject({ apiVersion, kind }: ApiKind, object: unknown): SeenObject {
  const { metadata, ...rest } = objectShape.parse(object);
  const { managedFields: _managedFields, ...kept } = metadata;
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  return {
    kind,
    name: metadata.name,
    uid: metadata.uid,
    version: metadata.resourceVersion,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    owner: owner && { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name, uid: owner.uid },
    isLeaving: metadata.deletionTimestamp != null,
    whole: { ...rest, apiVersion, kind, metadata: kept },
  };
}

/** An object as it was just written, and which version of it was known before; none where there was none. */
export interface WrittenObject {
  readonly before: string | undefined;
  readonly object: SeenObject;
}

/** What is known, with what was just written of it where no watch has told of that yet. */
export function withWritten(
  told: readonly SeenObject[],
  written: readonly WrittenObject[],
): readonly SeenObject[] {
  const known = new Map(told.map((each) => [each.uid, each]));
  for (const { before, object } of written) {
    const version = known.get(object.uid)?.version ?? before;
    if (version === before) known.set(object.uid, object);
  }
  return [...known.values()];
}

/** Whether an object belongs to a custom resource of ours, whichever. */
export const isOwned = ({ owner }: SeenObject) => owner?.apiVersion === resourceApiVersion;
