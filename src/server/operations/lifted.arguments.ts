import {
  Kind,
  TypeInfo,
  valueFromAST,
  visit,
  visitWithTypeInfo,
  type ArgumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type ValueNode,
  type VariableNode,
} from "graphql";
import type { Variables, WholeOperation } from "./whole.operation.ts";

/** A value in an operation's text that came to be a variable. */
interface Lifted {
  readonly name: string;
  readonly value: ValueNode;
  readonly type: GraphQLInputType;
}

/** An operation in which every argument is a variable. */
export interface LiftedOperation {
  readonly whole: WholeOperation;
  /** The names of all its variables. */
  readonly names: readonly string[];
  /** The values of all of them in a run with these; undefined where one cannot be read. */
  readonly values: (variables: Variables) => Variables | undefined;
}

/** Adds the values that stand in the text; false where one is none of its type. */
const addValues = (lifted: readonly Lifted[], all: Record<string, unknown>, variables: Variables) =>
  lifted.every(({ name, value, type }) => {
    all[name] = valueFromAST(value, type, variables);
    return all[name] !== undefined;
  });

/** Lists and objects are made anew for each run, and variables may stand in them. */
const isMadeAnew = ({ value: { kind } }: Lifted) => kind === Kind.LIST || kind === Kind.OBJECT;

/** A name that no variable of the operation begins with. */
function freePrefix(names: readonly string[]): string {
  let prefix = "lifted";
  while (names.some((name) => name.startsWith(prefix))) prefix += "_";
  return prefix;
}

/**
 * Makes a variable of every value that stands in an operation's text: nothing that clients write gets into code that is
 * made of it, and what they write is read by what always reads it. Undefined where a value cannot be read.
 */
export function liftArguments(schema: GraphQLSchema, whole: WholeOperation): LiftedOperation | undefined {
  const own = (whole.operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  const prefix = freePrefix(own);
  const lifted: Lifted[] = [];
  const info = new TypeInfo(schema);
  const lifting = visitWithTypeInfo(info, {
    Argument: (node): ArgumentNode | false => {
      const type = info.getInputType();
      if (node.value.kind === Kind.VARIABLE || !type) return false;
      const name = `${prefix}${lifted.length}`;
      lifted.push({ name, value: node.value, type });
      const variable: VariableNode = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } };
      return { ...node, value: node.value.loc ? { ...variable, loc: node.value.loc } : variable };
    },
  });
  const operation = visit(whole.operation, lifting);
  const fragments = whole.fragments.map((fragment) => visit(fragment, lifting));

  const changing = lifted.filter(isMadeAnew);
  const constants: Record<string, unknown> = {};
  const others = lifted.filter((each) => !changing.includes(each));
  if (!addValues(others, constants, {})) return undefined;
  return {
    whole: { operation, fragments },
    names: [...own, ...lifted.map(({ name }) => name)],
    values: (variables) => {
      if (lifted.length === 0) return variables;
      const all = { ...variables, ...constants };
      return addValues(changing, all, variables) ? all : undefined;
    },
  };
}
