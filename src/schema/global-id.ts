import { isPodKind } from "../live/pod.kind.ts";
import { isDeployedKind } from "../services/actualizer/resource.names.ts";
import { nameRules, type NameKind } from "../names.ts";

/** The kinds of things that `node(id:)` finds. */
export type NodeKind = "Producer" | "Project" | "Repo" | "Deployment" | "Pod" | "ProjectDeployment";

type PartRule = NameKind | "PodKind" | "DeployedKind";

/** What the ids of each kind are made of. */
const partsOf: Record<NodeKind, readonly PartRule[]> = {
  Producer: ["ProducerName"],
  Project: ["ProducerName", "EnvironmentName"],
  Repo: ["Login", "RepositoryName"],
  Deployment: ["ProducerName", "EnvironmentName", "EntityId"],
  Pod: ["ProducerName", "EnvironmentName", "PodKind", "PodName"],
  ProjectDeployment: ["ProducerName", "EnvironmentName", "DeployedKind", "PodName"],
};

/** What each part may be: a name, or a word that says more of the kind. */
function accepts(rule: PartRule, part: string): boolean {
  if (rule === "PodKind") return isPodKind(part);
  return rule === "DeployedKind" ? isDeployedKind(part) : nameRules[rule].accepts(part);
}

const isKind = (text: string | undefined): text is NodeKind =>
  text !== undefined && Object.hasOwn(partsOf, text);

/** The graph-wide id of a thing, from what tells it from others of its kind. */
export function toGlobalId(kind: NodeKind, ...parts: readonly string[]): string {
  return Buffer.from([kind, ...parts].join(":"), "utf8").toString("base64url");
}

/** What an id stands for; undefined when it is none of ours, or holds what cannot be a name. */
export function fromGlobalId(id: string): { kind: NodeKind; parts: string[] } | undefined {
  if (id.length > 500) return undefined;
  const [kind, ...parts] = Buffer.from(id, "base64url").toString("utf8").split(":");
  if (!isKind(kind) || toGlobalId(kind, ...parts) !== id) return undefined;
  const rules = partsOf[kind];
  const isWhole =
    parts.length === rules.length && rules.every((rule, index) => accepts(rule, parts[index] ?? ""));
  return isWhole ? { kind, parts } : undefined;
}
