import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { getComplexity, type ComplexityEstimator } from "graphql-query-complexity";
import { LRUCache } from "lru-cache";

type Variables = Readonly<Record<string, unknown>>;

/** What an operation of a document may cost with some variables, in points. Throws where an argument cannot be read. */
export type CostOf = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
) => number;

/** A point a field; what stands below a list asked for by `first` counts as often as that. */
const estimate: ComplexityEstimator = ({ args, childComplexity }) => {
  const first: unknown = args["first"];
  return 1 + childComplexity * (typeof first === "number" && first > 0 ? first : 1);
};

/** What of an operation's own variables the cost can depend on: numbers, what is included or skipped, what is not there. */
function costKey({ name, variableDefinitions = [] }: OperationDefinitionNode, variables: Variables): string {
  let key = name?.value ?? "";
  for (const { variable } of variableDefinitions) {
    const value = variables[variable.name.value];
    if (value === undefined) key += " absent";
    else if (value === null || typeof value === "number" || typeof value === "boolean") key += ` ${value}`;
    else key += " given";
  }
  return key;
}

/** Costs are remembered for so many characters of keys, of all documents together. */
const keptCharacters = 1_000_000;

/** Makes what estimates costs; what was once estimated of a document is remembered. */
export function createCostOf(schema: GraphQLSchema): CostOf {
  const kept = new LRUCache<string, number>({
    maxSize: keptCharacters,
    sizeCalculation: (_cost, key) => key.length,
  });
  const numbers = new WeakMap<DocumentNode, number>();
  let lastNumber = 0;

  return (document, operation, variables) => {
    const number = numbers.get(document) ?? (lastNumber += 1);
    numbers.set(document, number);
    const key = `${number} ${costKey(operation, variables)}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const cost = getComplexity({
      schema,
      query: document,
      variables,
      ...(operation.name ? { operationName: operation.name.value } : {}),
      estimators: [estimate],
      maxQueryNodes: Number.MAX_SAFE_INTEGER,
    });
    kept.set(key, cost);
    return cost;
  };
}
