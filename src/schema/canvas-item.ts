import { Field, Float, InputType, ObjectType } from "type-graphql";
import { BadUserInput } from "../errors.ts";
import { numberOf, textOf } from "../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { EntityId, EntityName, JsonMap } from "./scalars.ts";

const otherDescription = "Everything else that is kept with it, such as what canvases note for themselves.";

/** What everything on a canvas has. */
@ObjectType({ simpleResolvers: true })
export abstract class CanvasItem {
  @Field(() => EntityId, { description: "Its id, as the canvas gave it." })
  id!: string;

  @Field(() => EntityName, { description: "What it is called." })
  name!: string;

  @Field(() => JsonMap, { description: otherDescription })
  other!: JsonObject;
}

/** What everything that a canvas puts in a row has. */
@ObjectType({ simpleResolvers: true })
export abstract class OrderedItem extends CanvasItem {
  @Field(() => Float, { nullable: true, description: "Its place in the row of its kind." })
  itemOrder?: number | undefined;
}

/** What is said of something on a canvas to change it; what is left out stays as it is. */
@InputType()
export abstract class CanvasItemInput {
  @Field(() => EntityId, { nullable: true, description: "Its id; a new one is made up when it has none." })
  id?: string | null;

  @Field(() => EntityName, { nullable: true, description: "What it is called; needed for a new one." })
  name?: string | null;

  @Field(() => JsonMap, { nullable: true, description: "Fields that the graph has no names for." })
  other?: JsonObject | null;
}

/** The same of something in a row. */
@InputType()
export abstract class OrderedItemInput extends CanvasItemInput {
  @Field(() => Float, { nullable: true, description: "Its place in the row of its kind." })
  itemOrder?: number | null;
}

/** An item of a saved document as the graph shows it. A long list is read for a few fields: only those are looked at. */
export abstract class ShownItem implements CanvasItem {
  protected readonly item: JsonObject;

  constructor(item: JsonObject) {
    this.item = item;
  }

  /** The fields that the graph has names for, besides those of every item. */
  protected abstract get named(): readonly string[];

  get id(): string {
    return textOf(this.item["id"]) ?? "";
  }

  get name(): string {
    return textOf(this.item["name"]) ?? "";
  }

  get other(): JsonObject {
    const all = new Set(["id", "name", ...this.named]);
    return Object.fromEntries(Object.entries(this.item).filter(([field]) => !all.has(field)));
  }
}

/** The same of an item in a row. */
export abstract class ShownOrderedItem extends ShownItem implements OrderedItem {
  get itemOrder(): number | undefined {
    return numberOf(this.item["itemOrder"]);
  }
}

/** An input's fields as they are kept: without what was left out, and with `other` beside the rest. */
export function storedFields(
  {
    other,
    ...fields
  }: {
    other?: JsonObject | null | undefined;
    [field: string]: unknown;
  },
  named: readonly string[] = [],
): JsonObject {
  const own = ["id", "name", ...named];
  const misplaced = Object.keys(other ?? {}).filter((field) => own.includes(field));
  if (misplaced.length > 0) {
    throw new BadUserInput(
      misplaced.map((field) => ({ field: `other.${field}`, message: "is a field of its own" })),
    );
  }
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { ...other, ...(Object.fromEntries(given) as JsonObject) };
}
