import { Kind, parse, type DocumentNode, type OperationDefinitionNode } from "graphql";

function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
}

/**
 * The operation of a document that is to run: the one of that name, else the only one. GraphiQL looks at what is written
 * a moment later, and until then names what was there before; of several none is taken that nobody chose.
 */
export function writtenOperation(
  query: string,
  name: string | null | undefined,
): OperationDefinitionNode | undefined {
  const operations =
    parsed(query)?.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION) ?? [];
  const [first, ...others] = operations;
  return operations.find((each) => each.name?.value === name) ?? (others.length === 0 ? first : undefined);
}
