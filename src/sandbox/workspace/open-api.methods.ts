import { textOf, type Entity } from "./loopback.body.ts";
import { schemaOf } from "./open-api.schema.ts";

/** One method as it is served: the verb, the path below the model's, what it takes and what it answers. */
export interface Method {
  verb: string;
  path: string;
  name: string;
  summary: string;
  parameters?: readonly Entity[];
  returns?: Entity;
}

/** What can be done with every model that is stored. */
export function storedMethods(name: string): Method[] {
  const one = schemaOf(name);
  const many = schemaOf([name]);
  const count = { type: "object", properties: { count: schemaOf("number") } };
  const data = inBody("data", one);
  return [
    {
      verb: "patch",
      path: "",
      name: "patchOrCreate",
      summary: "Change one or add one",
      parameters: [data],
      returns: one,
    },
    {
      verb: "get",
      path: "",
      name: "find",
      summary: "Find those that match",
      parameters: [filter],
      returns: many,
    },
    {
      verb: "put",
      path: "",
      name: "replaceOrCreate",
      summary: "Replace one or add one",
      parameters: [data],
      returns: one,
    },
    { verb: "post", path: "", name: "create", summary: "Add one", parameters: [data], returns: one },
    {
      verb: "get",
      path: "/findOne",
      name: "findOne",
      summary: "Find the first that matches",
      parameters: [filter],
      returns: one,
    },
    {
      verb: "get",
      path: "/count",
      name: "count",
      summary: "Count those that match",
      parameters: [where],
      returns: count,
    },
    {
      verb: "get",
      path: "/{id}",
      name: "findById",
      summary: "Find one by its id",
      parameters: [id, filter],
      returns: one,
    },
    {
      verb: "patch",
      path: "/{id}",
      name: "prototype.patchAttributes",
      summary: "Change one",
      parameters: [id, data],
      returns: one,
    },
    {
      verb: "put",
      path: "/{id}",
      name: "replaceById",
      summary: "Replace one",
      parameters: [id, data],
      returns: one,
    },
    {
      verb: "delete",
      path: "/{id}",
      name: "deleteById",
      summary: "Delete one",
      parameters: [id],
      returns: schemaOf("object"),
    },
  ];
}

/** What a relation adds to a model. */
export function relatedMethods({ name, type, model }: Entity): Method[] {
  const [relation, target] = [textOf(name), textOf(model)];
  const path = `/{id}/${relation}`;
  const method = (verb: string, what: string, summary: string): Method => {
    return { verb, path, name: `prototype.__${what}__${relation}`, summary, parameters: [id] };
  };
  if (type === "belongsTo" || type === "hasOne") {
    return [{ ...method("get", "get", `Fetch ${relation}`), returns: schemaOf(target) }];
  }
  const data = inBody("data", schemaOf(target));
  return [
    {
      ...method("get", "get", `Find among ${relation}`),
      parameters: [id, filter],
      returns: schemaOf([target]),
    },
    { ...method("post", "create", `Add to ${relation}`), parameters: [id, data], returns: schemaOf(target) },
    method("delete", "delete", `Delete all ${relation}`),
  ];
}

/** What a method of the model itself is served as: of one instance, unless it is static. */
export function ownMethods({ name, isStatic, description, accepts, returns, http }: Entity): Method[] {
  const base = isStatic === true ? "" : "/{id}";
  const [routes, taken, given] = [http, accepts, returns].map((list) => [list ?? []].flat() as Entity[]);
  const root = given?.find((each) => each["root"] === true);
  const fields = given?.map((each) => [String(each["arg"]), schemaOf(each["type"])]) ?? [];
  return (routes ?? []).map(({ path, verb }) => ({
    verb: textOf(verb ?? "post").toLowerCase(),
    path: `${base}${textOf(path ?? `/${textOf(name)}`)}`,
    name: isStatic === true ? textOf(name) : `prototype.${textOf(name)}`,
    summary: textOf(description ?? ""),
    parameters: [
      ...(isStatic === true ? [] : [id]),
      ...(taken ?? []).map(({ arg, type }) => ({ name: textOf(arg), in: "formData", ...schemaOf(type) })),
    ],
    returns: root
      ? schemaOf(root["type"])
      : { type: "object", properties: Object.fromEntries(fields) as Entity },
  }));
}

function inBody(name: string, schema: Entity): Entity {
  return { name, in: "body", required: false, schema };
}

const id: Entity = { name: "id", in: "path", required: true, type: "string" };
const filter: Entity = { name: "filter", in: "query", required: false, type: "string", format: "JSON" };
const where: Entity = { name: "where", in: "query", required: false, type: "string", format: "JSON" };
