import { getDirective } from "@graphql-tools/utils";
import {
  getNamedType,
  isInputObjectType,
  isNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import type { Context } from "../context.ts";
import { hasSubject, isPermission, type Permission } from "./catalogue.ts";

type Field = GraphQLField<unknown, Context>;

/** One `@can` of a field, ready to be asked. */
export interface Rule {
  readonly permission: Permission;
  readonly subject: (source: unknown, args: Record<string, unknown>) => unknown;
}

/** Whether a type is one of the three that operations begin with. */
export const isRoot = (schema: GraphQLSchema, type: GraphQLObjectType) =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);

/** Follows `on` through the schema: a place that is not there stops the server from starting. */
function pathExists(field: Field, parent: GraphQLObjectType | undefined, path: readonly string[]): boolean {
  const [start, ...rest] = path;
  if (start === "parent") {
    const fields = Object.keys(parent?.getFields() ?? {});
    return parent !== undefined && rest.length <= 1 && rest.every((step) => fields.includes(step));
  }
  if (start === "args") return rest.length === 0;
  const argument = field.args.find(({ name }) => name === start);
  let place = argument && getNamedType(argument.type);
  for (const step of rest) {
    const next = isInputObjectType(place) ? place.getFields()[step] : undefined;
    place = next && getNamedType(next.type);
  }
  return isNamedType(place);
}

function follow(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (place, step) => (typeof place === "object" && place !== null ? Reflect.get(place, step) : undefined),
    value,
  );
}

function subjectAt(path: readonly string[]): Rule["subject"] {
  const [start, ...rest] = path;
  if (start === "parent") return (source) => follow(source, rest);
  if (start === "args") return (_source, args) => args;
  return (_source, args) => follow(args, path);
}

/** Reads a field's rules, and notes what is wrong with them. */
export function rulesOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  field: Field,
  problems: string[],
): Rule[] {
  const place = `${type.name}.${field.name}`;
  return (getDirective(schema, field, "can") ?? []).flatMap((directive) => {
    const permission = String(directive["permission"]);
    const on = typeof directive["on"] === "string" ? directive["on"] : undefined;
    if (!isPermission(permission)) {
      problems.push(`${place} asks for ${permission}, which is no permission`);
      return [];
    }
    const path = on?.split(".") ?? [];
    if (hasSubject(permission) && !pathExists(field, isRoot(schema, type) ? undefined : type, path)) {
      problems.push(`${place} asks for ${permission} on ${on ?? "nothing"}, which is not there`);
      return [];
    }
    return [{ permission, subject: subjectAt(path) }];
  });
}
