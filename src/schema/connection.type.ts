import { ArgsType, Field, Int, ObjectType, type ClassType } from "type-graphql";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { Cursor, PageSize } from "./scalars.ts";

/** How a connection is asked for a part of its list. */
@ArgsType()
export class PageArguments {
  @Field(() => PageSize, { defaultValue: 20, description: "How many items to answer." })
  first!: number;

  @Field(() => Cursor, {
    nullable: true,
    description: "Answer what comes after this place; the start when left out.",
  })
  after?: string | null;
}

@ObjectType("PageInfo", { description: "Where in its list a part stands.", simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether more comes after this part." })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether something comes before this part." })
  hasPreviousPage!: boolean;

  @Field(() => Cursor, { nullable: true, description: "The place of the first item here." })
  startCursor?: string;

  @Field(() => Cursor, {
    nullable: true,
    description: "The place of the last item here; pass it as `after` to go on.",
  })
  endCursor?: string;
}

/** One item of a connection and its place. */
export interface EdgeOf<Item> {
  cursor: string;
  node: Item;
}

/** A part of a list, in Relay's form. */
export interface ConnectionOf<Item> {
  edges: EdgeOf<Item>[];
  nodes: Item[];
  pageInfo: PageInfo;
  totalCount: number;
}

/** Makes the connection type of an item type. */
export function connectionType<Item extends object>(
  name: string,
  item: () => ClassType<Item>,
): ClassType<ConnectionOf<Item>> {
  @ObjectType(`${name}Edge`, {
    description: `One of a list's items, with its place in it.`,
    simpleResolvers: true,
  })
  class Edge implements EdgeOf<Item> {
    @Field(() => Cursor, { description: "Its place in the list." })
    cursor!: string;

    @Field(item, { description: "The item itself." })
    node!: Item;
  }

  @ObjectType(`${name}Connection`, { description: "A part of a list.", simpleResolvers: true })
  class Connection implements ConnectionOf<Item> {
    @Field(() => [Edge], { description: "The items with their places." })
    edges!: Edge[];

    @Field(() => [item()], { description: "The items alone." })
    nodes!: Item[];

    @Field(() => PageInfo, { description: "Where in the list this part stands." })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: "How long the whole list is." })
    totalCount!: number;
  }

  return Connection;
}

/** The window of a list that some arguments ask for. */
export function windowOf({ first, after }: PageArguments): { offset: number; length: number } {
  const place = after ? decodeCursor(after) : undefined;
  return { offset: place === undefined ? 0 : place + 1, length: first };
}

/** A connection of the items that stand in a window. */
export function toConnection<Item>(
  part: { items: readonly Item[]; total: number },
  { offset }: { offset: number },
): ConnectionOf<Item> {
  const edges = part.items.map((node, index) => ({ cursor: encodeCursor(offset + index), node }));
  const [first, last] = [edges[0], edges.at(-1)];
  return {
    edges,
    nodes: [...part.items],
    totalCount: part.total,
    pageInfo: {
      hasNextPage: offset + edges.length < part.total,
      hasPreviousPage: offset > 0 && part.total > 0,
      ...(first && last ? { startCursor: first.cursor, endCursor: last.cursor } : {}),
    },
  };
}

/** A connection over a list that is at hand as a whole. */
export function connectionOver<Item>(all: readonly Item[], page: PageArguments): ConnectionOf<Item> {
  const window = windowOf(page);
  return toConnection(
    { items: all.slice(window.offset, window.offset + window.length), total: all.length },
    window,
  );
}
