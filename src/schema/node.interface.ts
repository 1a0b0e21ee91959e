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
