import type { ApolloServerPlugin } from "@apollo/server";
import {
  getVariableValues,
  GraphQLError,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { getComplexity, type ComplexityEstimator } from "graphql-query-complexity";
import { LRUCache } from "lru-cache";
import type { Context } from "../context.ts";
import { BadUserInput } from "../errors.ts";

type Variables = Readonly<Record<string, unknown>>;

/** A point a field; what stands below a list asked for by `first` counts as often as that. */
const estimate: ComplexityEstimator = ({ args, childComplexity }) => {
  const first: unknown = args["first"];
  return 1 + childComplexity * (typeof first === "number" && first > 0 ? first : 1);
};

/** What of an operation's own variables the cost can depend on: numbers, what is included or skipped, what is not there. */
function costKey({ name, variableDefinitions = [] }: OperationDefinitionNode, variables: Variables): string {
  const told = variableDefinitions.map(({ variable }) => {
    const value = variables[variable.name.value];
    if (value === undefined) return "absent";
    return value === null || typeof value === "number" || typeof value === "boolean" ? value : "given";
  });
  return JSON.stringify([name?.value, told]);
}

/** Costs are remembered for so many characters of keys, of all documents together. */
const keptCharacters = 1_000_000;

function createCostOf(schema: GraphQLSchema) {
  const kept = new LRUCache<string, number>({
    maxSize: keptCharacters,
    sizeCalculation: (_cost, key) => key.length,
  });
  const numbers = new WeakMap<DocumentNode, number>();
  let lastNumber = 0;

  return (query: DocumentNode, operation: OperationDefinitionNode, variables: Variables): number => {
    const number = numbers.get(query) ?? (lastNumber += 1);
    numbers.set(query, number);
    const key = `${number} ${costKey(operation, variables)}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const cost = getComplexity({
      schema,
      query,
      variables,
      ...(operation.name ? { operationName: operation.name.value } : {}),
      estimators: [estimate],
      maxQueryNodes: Number.MAX_SAFE_INTEGER,
    });
    kept.set(key, cost);
    return cost;
  };
}

/** Refuses operations that would cost too much, before anything of them is done. */
export function costPlugin(schema: GraphQLSchema, limit: number): ApolloServerPlugin<Context> {
  const costOf = createCostOf(schema);
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, request, operation, response }) => {
        // The request names none of several.
        if (!operation) return;
        const variables = request.variables ?? {};
        const refuse = (message: string) => {
          response.http.status = 400;
          return new BadUserInput([{ field: "query", message }]);
        };
        let cost: number;
        try {
          cost = costOf(document, operation, variables);
        } catch (error) {
          // Variables that do not fit are the execution's to report: it does nothing else then.
          const definitions = operation.variableDefinitions ?? [];
          if (getVariableValues(schema, definitions, variables, { maxErrors: 1 }).errors) return;
          // An argument that cannot be read, such as a null where the schema takes none.
          throw error instanceof GraphQLError ? refuse(error.message) : error;
        }
        if (cost > limit) throw refuse(`costs ${cost} points; at most ${limit} are taken`);
      },
    }),
  };
}
