/** What may be done with a kind of objects in the namespace of the producers; a part of them is written like pods/log. */
export interface Right {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
  /** The only object that is meant; all if not said. */
  readonly name?: string;
  /** What does not work without. */
  readonly for: string;
}

/** What the gateway does with what runs. */
export const gatewayRights: readonly Right[] = [
  { group: "", resource: "pods", verbs: ["get", "list", "watch", "delete"], for: "status and restarts" },
  { group: "", resource: "pods/log", verbs: ["get"], for: "logs" },
  { group: "", resource: "events", verbs: ["list"], for: "events of pods" },
  { group: "apps", resource: "deployments", verbs: ["list", "watch", "patch"], for: "status and restarts" },
  { group: "discovery.k8s.io", resource: "endpointslices", verbs: ["list", "watch"], for: "status" },
];

const custom = ["producers", "workspaces", "gateways", "functions"].map((resource) => ({
  group: "sett.lunchbadger.io",
  resource,
  verbs: ["get", "list", "watch", "create", "patch"],
  for: "what the actualizer deploys",
}));

/** What it does besides where an actualizer runs. */
export const actualizedRights: readonly Right[] = [
  ...custom,
  {
    group: "coordination.k8s.io",
    resource: "leases",
    verbs: ["get"],
    name: "sett-actualizer",
    for: "seeing whether the actualizer is alive",
  },
];

/** What it must not be able to do: whoever took the gateway over could then take the cluster over. */
export const excessRights: readonly Right[] = [
  { group: "", resource: "secrets", verbs: ["get", "list"], for: "nothing" },
  { group: "", resource: "pods/exec", verbs: ["create"], for: "nothing" },
  { group: "rbac.authorization.k8s.io", resource: "rolebindings", verbs: ["create"], for: "nothing" },
];
