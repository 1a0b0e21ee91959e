import {
  buildSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type DirectiveNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";

/** What a directive of the schema says, by the names of its arguments. */
function saidBy({ arguments: args = [] }: DirectiveNode): Record<string, string | undefined> {
  return Object.fromEntries(
    args.flatMap(({ name, value }) => (value.kind === Kind.STRING ? [[name.value, value.value]] : [])),
  );
}

/** A permission as it is spelt everywhere, and what it is asked for. */
function need({ permission = "", on }: Record<string, string | undefined>): string {
  if (permission === "viewer") return "`viewer` (somebody signed in)";
  const about = on === undefined || on === "parent" || on === "args" ? "" : ` on \`${on}\``;
  return `\`${permission}\`${about}`;
}

/** What one has to be allowed for a field, in words; undefined for one that rests on what leads to it. */
export function permissionOf(field: GraphQLField<unknown, unknown>): string | undefined {
  const directives = field.astNode?.directives ?? [];
  const needs = directives.filter(({ name }) => name.value === "can").map((each) => need(saidBy(each)));
  if (needs.length > 0) return `Needs ${needs.join(" and ")}.`;
  const open = directives.find(({ name }) => name.value === "public");
  return open && `Open to everybody: ${saidBy(open)["why"] ?? ""}`;
}

const isOwn = ({ name }: GraphQLNamedType) => !name.startsWith("__");

/**
 * Says with each field what permission it needs: in the same paragraph, since lists of fields show the first only, and so
 * that completion shows it as well.
 */
export function describePermissions(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isOwn(type) || !(isObjectType(type) || isInterfaceType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      const said = field.description ?? "";
      const permission = permissionOf(field);
      field.description =
        permission === undefined ? `${said} Needs nothing more.`.trim() : `${permission}  \n${said}`;
    }
  }
  return schema;
}

/** The schema of an SDL with directives. */
export function describedSchema(sdl: string): GraphQLSchema {
  return describePermissions(buildSchema(sdl, { assumeValidSDL: true }));
}
