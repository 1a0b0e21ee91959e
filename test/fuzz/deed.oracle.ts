import {
  getArgumentValues,
  getVariableValues,
  Kind,
  OperationTypeNode,
  parse,
  valueFromASTUntyped,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { PersonName } from "../support/sett.ts";
import type { Operation } from "./operation.generator.ts";
import { mayDo } from "./right.table.ts";

/** Something that somebody wants done, under the name that its answer has. */
interface Deed {
  readonly answeredAs: string;
  readonly needs: readonly { readonly permission: string; readonly subject: unknown }[];
}

function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

const within = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);

/** What a mutation is to do, with what its fields ask for; nothing where it cannot be read. */
function deedsOf({ text, variables }: Operation, schema: GraphQLSchema): readonly Deed[] {
  const operation = parsed(text)?.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operation?.operation !== OperationTypeNode.MUTATION) return [];
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  return operation.selectionSet.selections.flatMap((node) => {
    const field = node.kind === Kind.FIELD && schema.getMutationType()?.getFields()[node.name.value];
    if (!field) return [];
    let given: Record<string, unknown>;
    try {
      given = getArgumentValues(field, node, coerced);
    } catch {
      return [];
    }
    const needs = (field.astNode?.directives ?? []).map(({ arguments: written = [] }) => {
      const said = new Map(
        written.map(({ name, value }) => [name.value, String(valueFromASTUntyped(value))]),
      );
      const on = said.get("on")?.split(".") ?? [];
      return { permission: said.get("permission") ?? "", subject: within(given, on) };
    });
    return [{ answeredAs: node.alias?.value ?? node.name.value, needs }];
  });
}

/** What somebody wants done, and what they might do of it when they asked. */
export interface Deeds {
  /** Whether there is anything, and they might do all of it. */
  readonly isPermitted: boolean;
  /** What was answered as done although they could do it neither then nor now. */
  readonly done: (data: unknown) => readonly string[];
}

/** Looks at who may do what is asked for, before it is done. */
export function watchDeeds(
  sandbox: Sandbox,
  { person, operation }: { readonly person: PersonName; readonly operation: Operation },
  schema: GraphQLSchema,
): Deeds {
  const may = ({ permission, subject }: Deed["needs"][number]) => mayDo(sandbox, person, permission, subject);
  const deeds = deedsOf(operation, schema).map(({ answeredAs, needs }) => ({
    answeredAs,
    lacking: needs.filter((need) => !may(need)),
  }));
  return {
    isPermitted: deeds.length > 0 && deeds.every(({ lacking }) => lacking.length === 0),
    done: (data) =>
      deeds
        .filter(({ answeredAs }) => (within(data ?? undefined, [answeredAs]) ?? null) !== null)
        .flatMap(({ answeredAs, lacking }) =>
          lacking
            .filter((need) => !may(need))
            .map(({ permission }) => `${person} did ${answeredAs} without ${permission}`),
        ),
  };
}
