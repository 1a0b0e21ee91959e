import { ofKind, type Manifest } from "./chart.rendering.ts";

type Labels = Readonly<Record<string, string>>;

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

interface Peer {
  readonly namespaceSelector?: Selector;
  readonly podSelector?: Selector;
}

interface Port {
  readonly port: number | string;
}

interface Policy extends Manifest {
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly { readonly from?: readonly Peer[]; readonly ports?: readonly Port[] }[];
  };
}

/** Pods of a namespace. */
export interface Place {
  readonly namespace: string;
  readonly labels: Labels;
}

function isMeant({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  const isAmong = matchExpressions.every(({ key, operator, values }) => {
    if (operator !== "In") throw new Error(`${operator} is not understood here`);
    return values.includes(labels[key] ?? "");
  });
  return isAmong && Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}

/** As Kubernetes has it: what is not said of namespaces means that of the policy. */
function isPeer({ namespaceSelector, podSelector = {} }: Peer, from: Place, policy: string): boolean {
  const isThere = namespaceSelector
    ? isMeant(namespaceSelector, { "kubernetes.io/metadata.name": from.namespace })
    : from.namespace === policy;
  return isThere && isMeant(podSelector, from.labels);
}

/** Whether policies let somebody reach a port of pods: where none is about them, everybody does. */
export function reaches(
  manifests: readonly Manifest[],
  from: Place,
  to: Place,
  port: number | string,
): boolean {
  const about = ofKind<Policy>(manifests, "NetworkPolicy").filter(
    ({ metadata, spec }) =>
      metadata.namespace === to.namespace &&
      spec.policyTypes.includes("Ingress") &&
      isMeant(spec.podSelector, to.labels),
  );
  if (about.length === 0) return true;
  return about.some(({ metadata: { namespace = "" }, spec: { ingress = [] } }) =>
    ingress.some(
      (rule) =>
        (rule.from?.some((peer) => isPeer(peer, from, namespace)) ?? true) &&
        (rule.ports?.some((each) => each.port === port) ?? true),
    ),
  );
}
