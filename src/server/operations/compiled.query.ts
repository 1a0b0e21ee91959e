import {
  getNamedType,
  GraphQLScalarType,
  isAbstractType,
  isObjectType,
  Kind,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ExecutionResult,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from "graphql";
import { compileQuery, isCompiledQuery } from "graphql-jit";
import type { Context } from "../../context.ts";
import { liftArguments } from "./lifted.arguments.ts";
import { toDocument, type Variables, type WholeOperation } from "./whole.operation.ts";

/** A query that was made into code. */
export interface CompiledQuery {
  /** Undefined where it cannot be run with these variables; nothing was done then. */
  readonly run: (
    context: Context,
    variables: Variables,
  ) => Promise<ExecutionResult> | ExecutionResult | undefined;
}

/** The type of all variables of what is compiled: they come as they are to be, read by graphql-js. */
const asItComes = new GraphQLScalarType({ name: "__AsItComes" });

function withAsItComes(schema: GraphQLSchema): GraphQLSchema {
  const getType = (name: string) => (name === asItComes.name ? asItComes : schema.getType(name));
  return Object.create(schema, { getType: { value: getType } }) as GraphQLSchema;
}

const definitionOf = (name: string): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
  type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: asItComes.name } },
});

/** As a key of an object this one is no key. */
const unusableName = "__proto__";

/**
 * Whether the compiler does with a query what graphql-js does. It cannot wait for the type of an interface's value, and
 * what it makes of introspection is nobody's hurry; changes are made one after the other by graphql-js alone.
 */
function isSuitable(schema: GraphQLSchema, whole: WholeOperation): boolean {
  if (whole.operation.operation !== OperationTypeNode.QUERY) return false;
  const info = new TypeInfo(schema);
  let suits = true;
  const checked = visitWithTypeInfo(info, {
    Name: ({ value }) => void (suits &&= value !== unusableName),
    Directive: () => void (suits = false),
    Field: ({ name }) => {
      const type = getNamedType(info.getType());
      const hasOddType = !type || isAbstractType(type) || (isObjectType(type) && type.isTypeOf != null);
      suits &&= !hasOddType && name.value !== "__schema" && name.value !== "__type";
    },
  });
  visit(toDocument(whole), checked);
  return suits;
}

/** Makes code of a query in which nothing is left to decide; undefined for one that is better run as it is. */
export function compile(schema: GraphQLSchema, asked: WholeOperation): CompiledQuery | undefined {
  const lifted = isSuitable(schema, asked) ? liftArguments(schema, asked) : undefined;
  if (!lifted) return undefined;
  const { whole, names, values } = lifted;
  const operation = { ...whole.operation, variableDefinitions: names.map(definitionOf) };
  const document = toDocument({ ...whole, operation });
  const options = { disablingCapturingStackErrors: true };
  const compiled = compileQuery(withAsItComes(schema), document, undefined, options);
  if (!isCompiledQuery(compiled)) return undefined;
  return {
    run: (context, variables) => {
      const all = values(variables);
      return all && compiled.query(undefined, context, all);
    },
  };
}
