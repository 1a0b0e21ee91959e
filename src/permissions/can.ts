import { createParameterDecorator, Directive } from "type-graphql";
import { hasSubject, type Permission } from "./catalogue.ts";
import type { GrantsOf } from "./grant.ts";

/** Shown by the compiler where a method asks for more than its `@Can` gives. */
interface NotGranted<Asked> {
  readonly "the method's first parameter must be the grant of": Asked;
}

type Asking = Permission | readonly [Permission, ...Permission[]];

type Given<Asked extends Asking, Method extends (...parameters: never[]) => unknown> =
  GrantsOf<Asked> extends Parameters<Method>[0] ? unknown : NotGranted<Asked>;

const list = (asked: Asking): readonly Permission[] => (typeof asked === "string" ? [asked] : asked);

/**
 * Guards a field: printed in the SDL as `@can`, enforced from there. `on` says where the subject of the permission
 * stands: `args`, an argument such as `input.repo`, or `parent`; of several, one for each permission where they differ. The method's first parameter is the grant, marked
 * with `@Granted()`; several permissions lead to several grants, in a tuple.
 */
export function Can<const Asked extends Asking>(
  asked: Asked,
  { on }: { on?: string | readonly string[] } = {},
) {
  return <Method extends (...parameters: never[]) => unknown>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<Method> & Given<Asked, Method>,
  ): void => {
    // Like decorators, directives are taken from the last to the first.
    for (const [index, permission] of [...list(asked).entries()].toReversed()) {
      const place = typeof on === "object" ? on[index] : on;
      const subject = place === undefined || !hasSubject(permission) ? "" : `, on: ${JSON.stringify(place)}`;
      Directive(`@can(permission: ${JSON.stringify(permission)}${subject})`)(target, key, descriptor);
    }
  };
}

/** Opens a field to everybody, signed in or not, and says in the SDL why. */
export function Public(why: string) {
  return Directive(`@public(why: ${JSON.stringify(why)})`);
}

/** The grant, or the tuple of grants, that the field's `@Can` led to. */
export function Granted() {
  return createParameterDecorator<{ grant?: unknown }>(({ context }) => context.grant);
}
