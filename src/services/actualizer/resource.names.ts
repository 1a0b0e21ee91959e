import type { ApiKind } from "../kubernetes/object.client.ts";

/** The group and version of the actualizer's custom resources. */
export const resourceGroup = "sett.lunchbadger.io";
export const resourceVersion = "v1";
export const resourceApiVersion = `${resourceGroup}/${resourceVersion}`;

/**
 * What is written on a resource: that it is to be left alone and why, that it is to be looked at now, and, on a
 * producer's, that what is saved has changed and is to be read anew; on a workspace, that its environment was removed on
 * purpose.
 */
export const resourceAnnotations = {
  paused: `${resourceGroup}/paused`,
  pausedReason: `${resourceGroup}/paused-reason`,
  reconcileRequested: `${resourceGroup}/reconcile-requested`,
  changed: `${resourceGroup}/changed`,
  removed: `${resourceGroup}/removed`,
} as const;

/** Under which name the gateway sets fields of them: the people's wishes. */
export const peoplesManager = "sett";

/** The lease of the actualizer that leads, and what of its work it writes on it. */
export const actualizerLease = {
  name: "sett-actualizer",
  annotation: `${resourceGroup}/actualizer`,
} as const;

const customKind = (kind: string, plural: string): ApiKind => ({
  apiVersion: resourceApiVersion,
  kind,
  plural,
});

/** The kinds of custom resources in the API. */
export const customKinds = {
  PRODUCER: customKind("Producer", "producers"),
  WORKSPACE: customKind("Workspace", "workspaces"),
  GATEWAY: customKind("Gateway", "gateways"),
  FUNCTION: customKind("Function", "functions"),
} as const;

/** What a custom resource is of. */
export type CustomKind = keyof typeof customKinds;

/** What of a project runs; a producer itself does not. */
export type DeployedKind = Exclude<CustomKind, "PRODUCER">;

/** Whether a word is one for something of a project that runs. */
export const isDeployedKind = (word: string): word is DeployedKind =>
  word !== "PRODUCER" && Object.hasOwn(customKinds, word);
