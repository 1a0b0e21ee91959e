import { Field, ID, InterfaceType } from "type-graphql";

/** A thing that can be asked for again by its id alone. */
@InterfaceType("Node", {
  description: "Anything that has an id by which it can be asked for again.",
  resolveType: (value: Node) => value.constructor.name,
})
export abstract class Node {
  @Field(() => ID, { description: "Its id, unique among everything in the graph." })
  id!: string;
}

/** The kinds of things that `node(id:)` finds. */
export type NodeKind = "Producer" | "Project" | "Repo";

const kinds: readonly string[] = ["Producer", "Project", "Repo"] satisfies NodeKind[];

/** The graph-wide id of a thing, from what tells it from others of its kind. */
export function toGlobalId(kind: NodeKind, ...parts: readonly string[]): string {
  return Buffer.from([kind, ...parts].join(":"), "utf8").toString("base64url");
}

/** What an id stands for; undefined when it is none of ours. */
export function fromGlobalId(id: string): { kind: NodeKind; parts: string[] } | undefined {
  if (id.length > 500) return undefined;
  const [kind, ...parts] = Buffer.from(id, "base64url").toString("utf8").split(":");
  if (kind === undefined || !kinds.includes(kind)) return undefined;
  return toGlobalId(kind as NodeKind, ...parts) === id ? { kind: kind as NodeKind, parts } : undefined;
}
