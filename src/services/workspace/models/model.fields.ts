import type { Json, JsonObject } from "../json.ts";

/** The groups of what a model is made of; each thing in a group is merged by itself. */
export type ModelGroup = "definition" | "config" | "properties" | "relations" | "methods";

type Accepts = (value: Json) => boolean;

const isText: Accepts = (value) => typeof value === "string";
const isFlag: Accepts = (value) => typeof value === "boolean";
const isPlace: Accepts = (value) => typeof value === "number";
const isAnything: Accepts = () => true;

/** The fields that have a meaning of their own, and what they hold; everything else is kept as somebody put it there. */
const knownFields = {
  definition: {
    plural: isText,
    base: isText,
    description: isText,
    strict: isAnything,
    public: isFlag,
    idInjection: isFlag,
    http: isAnything,
    options: isAnything,
    itemOrder: isPlace,
    lunchbadgerId: isText,
    wasBundled: isFlag,
  },
  config: { dataSource: isText, public: isFlag },
  properties: {
    type: isAnything,
    required: isFlag,
    index: isAnything,
    isId: isFlag,
    default: isAnything,
    description: isText,
    itemOrder: isPlace,
  },
  relations: { type: isText, model: isText, foreignKey: isText, through: isText, lunchbadgerId: isText },
  methods: {
    isStatic: isFlag,
    description: isText,
    accepts: isAnything,
    returns: isAnything,
    http: isAnything,
  },
} satisfies Record<ModelGroup, Record<string, Accepts>>;

type KnownField<Group extends ModelGroup> = keyof (typeof knownFields)[Group] & string;

/** The names of a group's known fields. */
export function fieldsOf<Group extends ModelGroup>(group: Group): readonly KnownField<Group>[] {
  return Object.keys(knownFields[group]) as KnownField<Group>[];
}

/** What the workspace puts into its answers by itself, or keeps elsewhere. */
const partFields = ["id", "modelId", "facetName", "name", "undefined"];
const ownFields: Readonly<Record<ModelGroup, readonly string[]>> = {
  definition: [
    ...["id", "name", "facetName", "readonly", "configFile"],
    ...["properties", "relations", "methods", "validations", "accessControls", "acls"],
  ],
  config: ["id", "name", "facetName", "configFile"],
  properties: partFields,
  relations: partFields,
  methods: partFields,
};

const dangerous = ["__proto__", "constructor", "prototype"];

/** Whether a field is somebody's to set at all. */
export function isReserved(group: ModelGroup, field: string): boolean {
  return ownFields[group].includes(field) || dangerous.includes(field);
}

/** The fields of an answer that people and canvases have put there, as pairs. */
export function setFields(group: ModelGroup, answered: object): readonly (readonly [string, Json])[] {
  return Object.entries(answered as JsonObject).filter(
    ([field]) => field !== "__proto__" && !ownFields[group].includes(field),
  );
}

/** Whether a field is shown as one of the known ones: a known field that holds something odd is not. */
export function isKnown(group: ModelGroup, field: string, value: Json): boolean {
  const accepts: Readonly<Record<string, Accepts>> = knownFields[group];
  if (!Object.hasOwn(accepts, field)) return false;
  return value === null || accepts[field]?.(value) === true;
}
