import type { Entity } from "./loopback.body.ts";

const schemas: Readonly<Record<string, Entity>> = {
  string: { type: "string" },
  number: { type: "number", format: "double" },
  boolean: { type: "boolean" },
  date: { type: "string", format: "date-time" },
  buffer: { type: "string", format: "byte" },
  geopoint: { type: "object", properties: { lat: { type: "number" }, lng: { type: "number" } } },
  array: { type: "array", items: {} },
  object: { type: "object" },
  any: {},
};

/** A property's type as Swagger says it: a name, a list of one, or an object of properties; other names are models. */
export function schemaOf(type: unknown): Entity {
  if (Array.isArray(type)) return { type: "array", items: schemaOf(type[0] ?? "any") };
  if (typeof type === "object" && type !== null) return { type: "object", properties: propertiesOf(type) };
  const name = String(type);
  return schemas[name.toLowerCase()] ?? { $ref: `#/definitions/${name}` };
}

/** A model: its properties, those that are required, and whether it takes others, too. */
export function definitionOf(model: Entity, properties: readonly Entity[]): Entity {
  const required = properties.filter((each) => each["required"] === true).map((each) => each["name"]);
  const listed = properties.map((each) => [String(each["name"]), each] as const);
  const hasOwnId = properties.some((each) => each["id"] === true) || model["idInjection"] === false;
  return {
    ...(typeof model["description"] === "string" ? { description: model["description"] } : {}),
    properties: {
      ...propertiesOf(Object.fromEntries(listed)),
      ...(hasOwnId ? {} : { id: schemaOf("number") }),
    },
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: model["strict"] !== true,
  };
}

function propertiesOf(properties: object): Entity {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const { type, description, default: preset } = property as Entity;
      const about = typeof description === "string" && description !== "" ? { description } : {};
      return [name, { ...schemaOf(type), ...about, ...(preset === undefined ? {} : { default: preset }) }];
    }),
  );
}
