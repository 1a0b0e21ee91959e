import { randomUUID } from "node:crypto";
import type { Json, JsonObject } from "../json.ts";
import type { Entities } from "../merge/merge.ts";
import { fieldsOf, type ModelGroup } from "./model.fields.ts";
import { inOrder } from "./held.model.ts";
import { groupIn, partsIn } from "./model.reader.ts";

/** What is left out of a change stays as it is; null takes it away. */
type Changed<Type> = Type | null | undefined;

interface OtherFields {
  readonly other?: Changed<JsonObject>;
}

/** What a property is to be. */
export interface PropertyChange extends OtherFields {
  readonly name: string;
  readonly type?: Changed<Json>;
  readonly required?: Changed<boolean>;
  readonly index?: Changed<Json>;
  readonly isId?: Changed<boolean>;
  readonly default?: Changed<Json>;
  readonly description?: Changed<string>;
  readonly itemOrder?: Changed<number>;
}

/** What a relation is to be. */
export interface RelationChange extends OtherFields {
  readonly name: string;
  readonly type?: Changed<string>;
  readonly model?: Changed<string>;
  readonly foreignKey?: Changed<string>;
  readonly through?: Changed<string>;
  readonly lunchbadgerId?: Changed<string>;
}

/** What a method is to be; a name with `prototype.` before it is one of instances. */
export interface MethodChange extends OtherFields {
  readonly name: string;
  readonly isStatic?: Changed<boolean>;
  readonly description?: Changed<string>;
  readonly accepts?: Changed<Json>;
  readonly returns?: Changed<Json>;
  readonly http?: Changed<Json>;
}

/** How a model is to be attached; null attaches it to nothing. */
export interface ConfigChange extends OtherFields {
  readonly dataSource?: Changed<string>;
  readonly public?: Changed<boolean>;
}

/** What a model is to be. A list that is given takes the place of the one there is, by name. */
export interface ModelChange extends OtherFields {
  readonly name: string;
  readonly renamedFrom?: Changed<string>;
  readonly revision?: Changed<string>;
  readonly plural?: Changed<string>;
  readonly base?: Changed<string>;
  readonly description?: Changed<string>;
  readonly strict?: Changed<Json>;
  readonly public?: Changed<boolean>;
  readonly idInjection?: Changed<boolean>;
  readonly http?: Changed<Json>;
  readonly options?: Changed<Json>;
  readonly itemOrder?: Changed<number>;
  readonly lunchbadgerId?: Changed<string>;
  readonly wasBundled?: Changed<boolean>;
  readonly properties?: Changed<readonly PropertyChange[]>;
  readonly relations?: Changed<readonly RelationChange[]>;
  readonly methods?: Changed<readonly MethodChange[]>;
  readonly config?: Changed<ConfigChange>;
}

const instanceMark = "prototype.";

/** A method's name without the mark of instances: what the workspace knows it by, among all models. */
export function bareName(name: string): string {
  return name.startsWith(instanceMark) ? name.slice(instanceMark.length) : name;
}

/** The fields of one thing after a change. */
function changedFields(group: ModelGroup, from: ReadonlyMap<string, Json>, change: OtherFields) {
  const fields = new Map(from);
  const known = fieldsOf(group).map((field) => [field, Reflect.get(change, field) as Changed<Json>] as const);
  for (const [field, value] of [...known, ...Object.entries(change.other ?? {})]) {
    if (value === null) fields.delete(field);
    else if (value !== undefined) fields.set(field, value);
  }
  return fields;
}

function changedConfig(from: Entities, change: ConfigChange): ReadonlyMap<string, Json> {
  const before = groupIn(from, "config");
  const start: ReadonlyMap<string, Json> =
    before.size > 0
      ? before
      : new Map<string, Json>([
          ["public", true],
          ["dataSource", null],
        ]);
  const fields = changedFields("config", start, change);
  if (change.dataSource === null) fields.set("dataSource", null);
  return fields;
}

/** What stands for a thing that is not there yet, by its place in the list and by how it is named. */
const blankParts = {
  properties: (_name: string, index: number): JsonObject => ({ itemOrder: index }),
  relations: (): JsonObject => ({}),
  methods: (): JsonObject => ({}),
};

function changedParts(
  group: "properties" | "relations" | "methods",
  from: Entities,
  changes: readonly (PropertyChange | RelationChange | MethodChange)[],
): (readonly [string, Json])[] {
  const before = partsIn(from, group);
  return changes.map((change, index) => {
    const name = group === "methods" ? bareName(change.name) : change.name;
    const start = before.get(name) ?? blankParts[group](name, index);
    const fields = changedFields(group, new Map(Object.entries(start)), change);
    if (group === "methods") fields.set("isStatic", name === change.name && fields.get("isStatic") !== false);
    return [`${group}/${name}`, Object.fromEntries(fields)];
  });
}

/** What a model comes to when a change is made to what it was. */
export function changedModel(from: Entities, change: ModelChange): Entities {
  const fields = (group: ModelGroup, changed: ReadonlyMap<string, Json>) =>
    Array.from(changed, ([field, value]) => [`${group}/${field}`, value] as const);
  const config = change.config ? changedConfig(from, change.config) : groupIn(from, "config");
  const parts = (["properties", "relations", "methods"] as const).flatMap((group) => {
    const changes = change[group];
    return changes ? changedParts(group, from, changes) : fields(group, groupIn(from, group));
  });
  const definition = changedFields("definition", groupIn(from, "definition"), change);
  return inOrder([...fields("definition", definition), ...fields("config", config), ...parts]);
}

/** What a model comes to that is not there yet: what is not said of it, or said to be null, is as usual. */
export function newModel(change: ModelChange, itemOrder: number): Entities {
  const blank = new Map<string, Json>([
    ["config/dataSource", null],
    ["config/public", true],
    ["definition/base", "PersistedModel"],
    ["definition/itemOrder", itemOrder],
    ["definition/lunchbadgerId", randomUUID()],
    ["definition/public", true],
    ["definition/strict", false],
  ]);
  return inOrder(new Map([...blank, ...changedModel(blank, change)]));
}
