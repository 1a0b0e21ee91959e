import {
  isInterfaceType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";
import { Counter, type Registry } from "prom-client";

/** Notes that a document is run, for what it asks of that is to go. */
export type NoteDeprecated = (document: DocumentNode) => void;

/** The fields that a schema deprecates, by their places in it. */
function deprecatedIn(schema: GraphQLSchema): ReadonlySet<string> {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) || isInterfaceType(type),
  );
  const places = types.flatMap((type) =>
    Object.values(type.getFields()).flatMap(({ name, deprecationReason }) =>
      deprecationReason == null ? [] : [`${type.name}.${name}`],
    ),
  );
  return new Set(places);
}

/** Counts how often each deprecated field is asked for: a document is looked through once, and then remembered. */
export function createDeprecatedCount(schema: GraphQLSchema, registry: Registry): NoteDeprecated {
  const deprecated = deprecatedIn(schema);
  const counter = new Counter({
    name: "sett_deprecated_fields_total",
    help: "Operations run that ask for a field which is deprecated, by its place in the schema.",
    labelNames: ["field"],
    registers: [registry],
  });
  // One that nobody asks for is told as well: that is what one wants to know before it goes.
  for (const field of deprecated) counter.inc({ field }, 0);
  const found = new WeakMap<DocumentNode, readonly string[]>();

  const look = (document: DocumentNode): readonly string[] => {
    const places = new Set<string>();
    const types = new TypeInfo(schema);
    const note = () => void places.add(`${types.getParentType()?.name}.${types.getFieldDef()?.name}`);
    visit(document, visitWithTypeInfo(types, { Field: note }));
    const asked = [...places].filter((place) => deprecated.has(place));
    found.set(document, asked);
    return asked;
  };

  return (document) => {
    for (const field of found.get(document) ?? look(document)) counter.inc({ field });
  };
}
