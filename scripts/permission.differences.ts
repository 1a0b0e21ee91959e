import { getDirective } from "@graphql-tools/utils";
import {
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import { isPermission, levelOf, levels, nounOf, reaches } from "../src/permissions/catalogue.ts";

/** A field that asks for other permissions than it did. */
export interface PermissionDifference {
  /** Such as `Mutation.saveModel`. */
  readonly at: string;
  /** Stricter, where somebody who was let in may not be any more. */
  readonly became: "stricter" | "laxer";
  readonly message: string;
}

interface Rule {
  readonly permission: string;
  readonly on: string | undefined;
}

function rulesOf(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): readonly Rule[] {
  return (getDirective(schema, field, "can") ?? []).map(({ permission, on }: Record<string, unknown>) => ({
    permission: String(permission),
    on: typeof on === "string" ? on : undefined,
  }));
}

/** Whether all whom one rule lets in are let in by another: the same or a lower rung, about the same thing. */
function isMetBy(asked: Rule, held: Rule): boolean {
  if (asked.permission === "viewer") return true;
  if (asked.on !== held.on) return false;
  if (asked.permission === held.permission) return true;
  if (!isPermission(asked.permission) || !isPermission(held.permission)) return false;
  const [wanted, had] = [levelOf(asked.permission), levelOf(held.permission)];
  // Of some permissions the second half is no rung, such as `producer:create`.
  if (![wanted, had].every((level) => levels.includes(level))) return false;
  return nounOf(asked.permission) === nounOf(held.permission) && reaches(had, wanted);
}

const areMetBy = (asked: readonly Rule[], held: readonly Rule[]) =>
  asked.every((one) => held.some((other) => isMetBy(one, other)));

const told = (rules: readonly Rule[]) =>
  rules.map(({ permission, on }) => (on === undefined ? permission : `${permission} on ${on}`)).join(", ") ||
  "nothing";

const hasFields = (type: GraphQLNamedType | undefined) => isObjectType(type) || isInterfaceType(type);

/** The fields of both schemas that ask for other permissions in the second than in the first. */
export function permissionDifferences(before: GraphQLSchema, now: GraphQLSchema): PermissionDifference[] {
  return Object.values(before.getTypeMap()).flatMap((type) => {
    const same = now.getType(type.name);
    if (type.name.startsWith("__") || !hasFields(type) || !hasFields(same)) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const kept = same.getFields()[field.name];
      if (!kept) return [];
      const [old, wanted] = [rulesOf(before, field), rulesOf(now, kept)];
      const [letsAllIn, letsOnlyThem] = [areMetBy(wanted, old), areMetBy(old, wanted)];
      if (letsAllIn && letsOnlyThem) return [];
      const became = letsAllIn ? ("laxer" as const) : ("stricter" as const);
      const message = `It asked for ${told(old)} and asks for ${told(wanted)} now`;
      return [{ at: `${type.name}.${field.name}`, became, message }];
    });
  });
}
