import { projectTopic } from "../../live/live-events.ts";
import type { PodKind } from "../../live/pod.kind.ts";

/** Whose something on the cluster is, and what of the platform it runs. */
export interface Workload {
  readonly producer: string;
  readonly env: string;
  readonly kind: PodKind;
  /** The canvas' id of the gateway or function that it runs; undefined where there is none. */
  readonly entityId: string | undefined;
  /** The name of the gateway or function that it runs, as it is in the cluster's own names. */
  readonly entityName: string | undefined;
}

/** What the label `app` says, and how names of such things begin. */
const kinds: Readonly<Record<string, { readonly kind: PodKind; readonly prefix: string }>> = {
  workspace: { kind: "WORKSPACE", prefix: "workspace" },
  "sls-api": { kind: "SLS_API", prefix: "sls-api" },
  gateway: { kind: "GATEWAY", prefix: "gateway" },
  "kubeless-fn": { kind: "FUNCTION", prefix: "fn" },
};

/** What is asked of the cluster: things of the platform, and no others. */
export const platformSelector = `app in (${Object.keys(kinds).join(",")}),producer`;

/** What the label `id` says where the canvas gave none. */
const noId = "default";

interface Labelled {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What the cluster has put after the name that it was asked for. */
  readonly ending?: RegExp;
}

/** Reads it from labels and name; undefined for what is not the platform's or does not say whose it is. */
export function readWorkload({ name, labels, ending }: Labelled): Workload | undefined {
  const { producer, app = "", id } = labels;
  // Some of the platform's things have the one, some the other.
  const env = labels["env"] ?? labels["environment"];
  const known = Object.hasOwn(kinds, app) ? kinds[app] : undefined;
  if (!known || !producer || !env) return undefined;
  const { kind, prefix } = known;
  const whose = { producer, env, kind };
  if (kind !== "GATEWAY" && kind !== "FUNCTION") {
    return { ...whose, entityId: undefined, entityName: undefined };
  }
  const start = `${prefix}-${producer}-${env}-`;
  const rest = name.startsWith(start) ? name.slice(start.length) : "";
  const named = (ending ? rest.replace(ending, "") : rest) || undefined;
  // A function's labels are its owner's to write, so only a gateway's may say what it is called.
  const instance = kind === "GATEWAY" ? labels["instance"] : undefined;
  return { ...whose, entityId: id === noId ? undefined : id, entityName: instance ?? named };
}

/** The group that something of the platform is in: its producer's environment. */
export const projectKey = (of: Pick<Workload, "producer" | "env">) => projectTopic(of);
