import { getDirective } from "@graphql-tools/utils";
import {
  defaultFieldResolver,
  getNamedType,
  isInputObjectType,
  isNamedType,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import type { Context, SignedIn } from "../context.ts";
import { BadUserInput, SettError, Unauthenticated } from "../errors.ts";
import type { Age } from "../loaders/lookups.ts";
import { argumentCheck } from "./argument-check.ts";
import { hasSubject, isPermission, type Permission } from "./catalogue.ts";

type Field = GraphQLField<unknown, Context>;
type Resolver = GraphQLFieldResolver<unknown, Context>;
type Arguments = Record<string, unknown>;

/** One `@can` of a field, ready to be asked. */
interface Rule {
  readonly permission: Permission;
  readonly subject: (source: unknown, args: Arguments) => unknown;
}

const isRoot = (schema: GraphQLSchema, type: GraphQLObjectType) =>
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
function rulesOf(schema: GraphQLSchema, type: GraphQLObjectType, field: Field, problems: string[]): Rule[] {
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

function guardedContext(signedIn: SignedIn, grants: readonly unknown[]): object {
  const grant: unknown = grants.length === 1 ? grants[0] : grants;
  return { ...signedIn, grant };
}

/** Waits for all questions, asked side by side; of several refusals the first in the SDL's order is told. */
async function allGranted(questions: readonly Promise<unknown>[]): Promise<unknown[]> {
  const answers = await Promise.allSettled(questions);
  return answers.map((answer) => {
    if (answer.status === "rejected") throw answer.reason;
    return answer.value;
  });
}

/** The resolver behind its guard: who asks, then what they say, then whether they may, then the answer. */
function guarded(field: Field, resolve: Resolver, rules: readonly Rule[], age: Age): Resolver {
  const problemsOf = argumentCheck(field);
  return async (source, args: Arguments, context, info) => {
    if (context.refusal) throw context.refusal;
    const { signedIn } = context;
    if (!signedIn) throw new Unauthenticated();
    const problems = problemsOf(args);
    if (problems.length > 0) throw new BadUserInput(problems);
    const grants = await allGranted(
      rules.map(({ permission, subject }) => signedIn.policy.require(permission, subject(source, args), age)),
    );
    return resolve(source, args, guardedContext(signedIn, grants) as Context, info);
  };
}

/** A public resolver: anybody may ask, but whoever shows a bad credential is told so rather than taken for nobody. */
function open(field: Field, resolve: Resolver): Resolver {
  const problemsOf = argumentCheck(field);
  return async (source, args: Arguments, context, info) => {
    if (context.refusal) throw context.refusal;
    const problems = problemsOf(args);
    if (problems.length > 0) throw new BadUserInput(problems);
    await context.signedIn?.lookups.viewer("recent").catch((error: unknown) => {
      if (error instanceof SettError && error.code === "UNAUTHENTICATED") throw error;
    });
    return resolve(source, args, context, info);
  };
}

function enforceField(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  field: Field,
  problems: string[],
): void {
  const place = `${type.name}.${field.name}`;
  const isPublic = getDirective(schema, field, "public") !== undefined;
  const isGuarded = getDirective(schema, field, "can") !== undefined;
  if (!isPublic && !isGuarded) {
    if (isRoot(schema, type)) problems.push(`${place} is a root field without @can or @public`);
    else if (field.resolve) problems.push(`${place} has a resolver but neither @can nor @public`);
    return;
  }
  if (isPublic && isGuarded) problems.push(`${place} is both @can and @public`);
  const rules = rulesOf(schema, type, field, problems);
  const wrap = (resolve: Resolver): Resolver =>
    isPublic
      ? open(field, resolve)
      : guarded(field, resolve, rules, type === schema.getMutationType() ? "fresh" : "recent");
  if (field.subscribe) field.subscribe = wrap(field.subscribe);
  else field.resolve = wrap(field.resolve ?? defaultFieldResolver);
}

/**
 * Puts every field of a schema behind the guard that its directives declare, in place. Throws, naming each of them,
 * when a field that could reach an upstream has no rule, or a rule cannot be followed.
 */
export function enforce(schema: GraphQLSchema): GraphQLSchema {
  const problems: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values<Field>(type.getFields())) enforceField(schema, type, field, problems);
  }
  if (problems.length > 0) throw new Error(["The schema is not guarded:", ...problems].join("\n  "));
  return schema;
}
