import {
  ChangeType,
  CriticalityLevel,
  diff,
  DiffRule,
  type Change,
  type SerializableChange,
} from "@graphql-inspector/core";
import {
  isRequiredArgument,
  isRequiredInputField,
  resolveSchemaCoordinate,
  type GraphQLSchema,
} from "graphql";

/** Something of the schema's types, fields, arguments or directives that is not as it was. */
export interface ShapeDifference {
  /** Where, as a schema coordinate. */
  readonly at: string;
  readonly level: CriticalityLevel;
  readonly message: string;
}

/** The inspector's `Type.field.argument` as GraphQL writes it; of a root that is gone or another, the type that was it. */
function coordinateOf({ path, ...change }: Change): string {
  const { type, meta } = change as SerializableChange;
  if (type === ChangeType.SchemaQueryTypeChanged)
    return meta.oldQueryTypeName ?? String(meta.newQueryTypeName);
  if (type === ChangeType.SchemaMutationTypeChanged) {
    return meta.oldMutationTypeName ?? String(meta.newMutationTypeName);
  }
  if (type === ChangeType.SchemaSubscriptionTypeChanged) {
    return meta.oldSubscriptionTypeName ?? String(meta.newSubscriptionTypeName);
  }
  const [owner = "", member, argument] = (path ?? "").replace(/\.@\w+$/, "").split(".");
  if (owner.startsWith("@")) return member === undefined ? owner : `${owner}(${member}:)`;
  if (member === undefined) return owner;
  return argument === undefined ? `${owner}.${member}` : `${owner}.${member}(${argument}:)`;
}

/**
 * Uses of directives are none of the shape: `@can` is compared by what it means, `@deprecated` has changes of its own.
 * `@oneOf` is, and has none.
 */
function isOfTheShape(change: Change): boolean {
  const { type, meta } = change as SerializableChange;
  if (type === ChangeType.DirectiveUsageInputObjectAdded) return meta.addedDirectiveName === "oneOf";
  if (type === ChangeType.DirectiveUsageInputObjectRemoved) return meta.removedDirectiveName === "oneOf";
  return !type.startsWith("DIRECTIVE_USAGE_");
}

const changesOfDefaults: readonly string[] = [
  ChangeType.FieldArgumentDefaultChanged,
  ChangeType.InputFieldDefaultValueChanged,
];

/** Whether an argument or a field of an input could be left out. */
function couldBeLeftOut(before: GraphQLSchema, coordinate: string): boolean {
  const element = resolveSchemaCoordinate(before, coordinate);
  if (element?.kind === "FieldArgument") return !isRequiredArgument(element.fieldArgument);
  return element?.kind === "InputField" && !isRequiredInputField(element.inputField);
}

/** What differs between the shapes of two schemas, descriptions aside. */
export async function shapeDifferences(
  before: GraphQLSchema,
  now: GraphQLSchema,
): Promise<ShapeDifference[]> {
  const changes = await diff(before, now, [DiffRule.ignoreDescriptionChanges]);
  return changes.filter(isOfTheShape).map((change) => {
    const at = coordinateOf(change);
    // The inspector calls these dangerous. Whoever left the value out asks for something else now, or is refused.
    const isAnotherDefault = changesOfDefaults.includes(String(change.type)) && couldBeLeftOut(before, at);
    const level = isAnotherDefault ? CriticalityLevel.Breaking : change.criticality.level;
    return { at, level, message: change.message };
  });
}
