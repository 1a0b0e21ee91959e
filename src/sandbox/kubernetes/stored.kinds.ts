import { textOf, type ClusterObject, type Fields } from "./kubernetes.object.ts";
import { usual, type Resource } from "./resource.kinds.ts";

const ungenerated = { ...usual, generated: (): unknown => undefined };

/** Configuration by the names of files. */
export const configMaps: Resource = {
  ...ungenerated,
  group: "",
  plural: "configmaps",
  kind: "ConfigMap",
  shortNames: ["cm"],
  blank: {},
};

/** What only few may read. */
export const secrets: Resource = {
  ...ungenerated,
  group: "",
  plural: "secrets",
  kind: "Secret",
  shortNames: [],
  blank: {},
  fields: (object) => ({ type: textOf(object["type"]) }),
};

/** Who pods are. */
export const serviceAccounts: Resource = {
  ...ungenerated,
  group: "",
  plural: "serviceaccounts",
  kind: "ServiceAccount",
  shortNames: ["sa"],
  blank: {},
};

/** Which hosts lead to which services; nothing in the sandbox follows them. */
export const ingresses: Resource = {
  ...usual,
  hasStatus: true,
  group: "networking.k8s.io",
  plural: "ingresses",
  kind: "Ingress",
  shortNames: ["ing"],
  blank: { spec: {}, status: { loadBalancer: {} } },
};

/** Who holds something, and until when. */
export const leases: Resource = {
  ...ungenerated,
  group: "coordination.k8s.io",
  plural: "leases",
  kind: "Lease",
  shortNames: [],
  blank: { spec: {} },
};

/** What tells the cluster of a kind of custom objects. */
export interface Definition extends ClusterObject {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: {
      readonly plural: string;
      readonly singular: string;
      readonly kind: string;
      readonly listKind: string;
      readonly shortNames?: readonly string[];
      readonly categories?: readonly string[];
    };
    readonly versions: readonly DefinedVersion[];
  } & Fields;
  readonly status: Fields;
}

/** How custom objects are kept and shown. */
export interface DefinedVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly schema?: { readonly openAPIV3Schema?: Fields };
  readonly subresources?: { readonly status?: Fields };
  readonly additionalPrinterColumns?: readonly DefinedColumn[];
}

/** A column of the table that custom objects are printed in. */
export interface DefinedColumn {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly format?: string;
  readonly description?: string;
  readonly priority?: number;
}

/** Definitions of custom objects. */
export const definitions: Resource<Definition> = {
  ...usual,
  isClusterWide: true,
  hasStatus: true,
  group: "apiextensions.k8s.io",
  plural: "customresourcedefinitions",
  kind: "CustomResourceDefinition",
  shortNames: ["crd", "crds"],
  categories: ["api-extensions"],
  blank: {
    spec: { group: "", names: { plural: "", kind: "" }, scope: "", versions: null },
    status: { conditions: null, acceptedNames: { plural: "", kind: "" }, storedVersions: null },
  },
};
