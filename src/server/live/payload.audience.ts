import { getDirective } from "@graphql-tools/utils";
import {
  BREAK,
  getNamedType,
  isLeafType,
  isObjectType,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";

const perViewer = /^viewer/;

/** Whether no field of a type is answered for somebody: none is guarded, asked of anybody, or about the viewer. */
function isForAnybody(schema: GraphQLSchema, type: GraphQLObjectType): boolean {
  return Object.values(type.getFields()).every(
    (field) =>
      !perViewer.test(field.name) &&
      getDirective(schema, field, "can") === undefined &&
      getDirective(schema, field, "public") === undefined,
  );
}

/** What is not known to be alike is not: interfaces, unions, what is not in the schema, other operations. */
function readsAlike(schema: GraphQLSchema, document: DocumentNode): boolean {
  const info = new TypeInfo(schema);
  const isObject = (type: unknown) => isObjectType(type) && isForAnybody(schema, type);
  let isAlike = true;
  const hold = (holds: boolean) => {
    isAlike &&= holds;
    return holds ? undefined : BREAK;
  };
  const checked = visitWithTypeInfo(info, {
    OperationDefinition: ({ operation }) => hold(operation === OperationTypeNode.SUBSCRIPTION),
    Field: () => {
      const parent = info.getParentType();
      const type = getNamedType(info.getType());
      return hold(
        (parent === schema.getSubscriptionType() || isObject(parent)) && (isLeafType(type) || isObject(type)),
      );
    },
  });
  visit(document, checked);
  return isAlike;
}

/** Whether one event makes the same answer of a document for all who are told of it. */
export type ReadsAlike = (document: DocumentNode) => boolean;

/**
 * Reads it from the schema, once a document: below its root field a document may select only types none of whose
 * fields is made for somebody. Who may be told of an event is decided before, by whom the event is handed to.
 */
export function createReadsAlike(schema: GraphQLSchema): ReadsAlike {
  const known = new WeakMap<DocumentNode, boolean>();
  return (document) => {
    const before = known.get(document);
    if (before !== undefined) return before;
    const isAlike = readsAlike(schema, document);
    known.set(document, isAlike);
    return isAlike;
  };
}
