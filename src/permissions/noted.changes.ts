import type { GraphQLFieldResolver, GraphQLResolveInfo } from "graphql";
import type { Context } from "../context.ts";
import type { ChangeNote } from "./audit.notes.ts";
import type { Rule } from "./field.rules.ts";

type Resolver = GraphQLFieldResolver<unknown, Context>;

/** A change behind its guard, with a note of how it went: one for each time it is asked for, whatever becomes of it. */
export function notedChange(
  rules: readonly Rule[],
  resolve: Resolver,
  guard: (resolve: Resolver) => Resolver,
): Resolver {
  const notes = new WeakMap<GraphQLResolveInfo, ChangeNote>();
  const guarded = guard((source, args, context, info) => {
    notes.get(info)?.letThrough();
    return resolve(source, args, context, info);
  });
  return async (source, args: Record<string, unknown>, context, info) => {
    const note = context.audit.begin(context, {
      field: info.fieldName,
      operation: info.operation.name?.value,
      questions: rules.map(({ permission, subject }) => ({ permission, value: subject(source, args) })),
      args,
    });
    notes.set(info, note);
    try {
      const result: unknown = await guarded(source, args, context, info);
      note.done();
      return result;
    } catch (error) {
      note.failed(error);
      throw error;
    }
  };
}
