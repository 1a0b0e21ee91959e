import { getDirective } from "@graphql-tools/utils";
import {
  defaultFieldResolver,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import type { Context, SignedIn } from "../context.ts";
import { BadUserInput, SettError, Unauthenticated, type Problem } from "../errors.ts";
import type { Age } from "../loaders/lookups.ts";
import { argumentCheck } from "./argument-check.ts";
import { isRoot, rulesOf, type Rule } from "./field.rules.ts";
import { refusedAt } from "./refusals.ts";
import { createLookFor, type LookFor } from "./sight.ts";
import { notedChange } from "./noted.changes.ts";
import { watchPermissions } from "./watched.events.ts";

type Field = GraphQLField<unknown, Context>;
type Resolver = GraphQLFieldResolver<unknown, Context>;
type Arguments = Record<string, unknown>;

/** Behind its rule a resolver has what somebody who is signed in has, and the grant. */
function guardedContext(
  { caller, policy, lookups, services, names }: SignedIn,
  grant: unknown,
  lookFor?: LookFor,
): Context {
  // Named one by one: to copy whatever there is costs several times as much, and this is done for every guarded field.
  return { caller, policy, lookups, services, names, grant, lookFor } as unknown as Context;
}

/** A rule of one permission leads to its grant, one of several to all of theirs. */
const oneOrAll = (grants: readonly unknown[]): unknown => (grants.length === 1 ? grants[0] : grants);

/** Who asks and what they say, before anybody is asked whether they may. */
function admitted({ refusal, signedIn }: Context, field: Field, problems: readonly Problem[]): SignedIn {
  if (refusal) throw refusedAt(refusal, field.name);
  if (!signedIn) throw refusedAt(new Unauthenticated(), field.name);
  if (problems.length > 0) throw new BadUserInput(problems);
  return signedIn;
}

/** Waits for all questions, asked side by side; of several refusals the first in the SDL's order is told. */
async function allGranted(questions: readonly Promise<unknown>[]): Promise<readonly unknown[]> {
  const answers = await Promise.allSettled(questions);
  return answers.map((answer) => {
    if (answer.status === "rejected") throw answer.reason;
    return answer.value;
  });
}

/** The resolver behind its guard: who asks, then what they say, then whether they may, then the answer. */
function guarded(field: Field, resolve: Resolver, rules: readonly Rule[], age: Age): Resolver {
  const problemsOf = argumentCheck(field);
  const refused = (error: unknown) => {
    throw refusedAt(error, field.name);
  };
  const [only, ...others] = rules;
  if (only && others.length === 0) {
    const { permission, subject } = only;
    return async (source, args: Arguments, context, info) => {
      const signedIn = admitted(context, field, problemsOf(args));
      let grant: unknown;
      try {
        grant = await signedIn.policy.require(permission, subject(source, args), age);
      } catch (error) {
        throw refusedAt(error, field.name);
      }
      return resolve(source, args, guardedContext(signedIn, grant), info);
    };
  }
  return async (source, args: Arguments, context, info) => {
    const signedIn = admitted(context, field, problemsOf(args));
    const grants = await allGranted(
      rules.map(({ permission, subject }) => signedIn.policy.require(permission, subject(source, args), age)),
    ).catch(refused);
    return resolve(source, args, guardedContext(signedIn, grants), info);
  };
}

/** The source of a subscription behind the same guard, which stays: the permissions are asked for again while it runs. */
function watched(field: Field, subscribe: Resolver, rules: readonly Rule[]): Resolver {
  const problemsOf = argumentCheck(field);
  return async (source, args: Arguments, context, info) => {
    const { live } = context;
    if (!live) throw new TypeError("A subscription runs over a socket or an event stream only.");
    const signedIn = admitted(context, field, problemsOf(args));
    const questions = rules.map(({ permission, subject }) => ({ permission, value: subject(source, args) }));
    const run = await watchPermissions(live.watches, questions, live);
    const lookFor = createLookFor(live);
    try {
      const watching = guardedContext(signedIn, oneOrAll(run.grants()), lookFor);
      const events: unknown = await subscribe(source, args, watching, info);
      live.held = run;
      return run.over(events as AsyncIterable<unknown>);
    } catch (error) {
      run.leave();
      throw error;
    }
  };
}

/** What a subscription makes of an event, with the grants that its source runs on: nobody is asked for each event. */
function withHeldGrants(resolve: Resolver): Resolver {
  return (source, args: Arguments, context, info) => {
    const { live, signedIn, refusal } = context;
    // What was shown may be over before the subscription is.
    if (refusal) throw refusal;
    if (!live?.held || !signedIn) throw new TypeError("There are no events without their subscription.");
    return resolve(source, args, guardedContext(signedIn, oneOrAll(live.held.grants())), info);
  };
}

/** A public resolver: anybody may ask, but whoever shows a bad credential is told so rather than taken for nobody. */
function open(field: Field, resolve: Resolver): Resolver {
  const problemsOf = argumentCheck(field);
  return async (source, args: Arguments, context, info) => {
    if (context.refusal) throw refusedAt(context.refusal, field.name);
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
  const { subscribe, resolve = defaultFieldResolver } = field;
  if (subscribe) {
    field.subscribe = isPublic ? open(field, subscribe) : watched(field, subscribe, rules);
    field.resolve = isPublic ? resolve : withHeldGrants(resolve);
  } else {
    const isChange = type === schema.getMutationType();
    const guard = (behind: Resolver) =>
      isPublic ? open(field, behind) : guarded(field, behind, rules, isChange ? "fresh" : "recent");
    field.resolve = isChange ? notedChange(rules, resolve, guard) : guard(resolve);
  }
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
