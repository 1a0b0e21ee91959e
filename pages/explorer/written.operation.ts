import { Kind, parse, type DocumentNode, type OperationDefinitionNode } from "graphql";

function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
}

/**
 * The operation of a document that is to run: the one of that name, else the first. GraphiQL looks at what is written
 * a moment later, and until then names what was there before. Nothing of a document that cannot be read.
 */
export function writtenOperation(
  query: string,
  name: string | null | undefined,
): OperationDefinitionNode | undefined {
  const operations = parsed(query)?.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  return operations?.find((each) => each.name?.value === name) ?? operations?.[0];
}
