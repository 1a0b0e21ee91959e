import type { ApolloServerPlugin } from "@apollo/server";
import { getVariableValues, GraphQLError, type DocumentNode, type GraphQLSchema } from "graphql";
import { getComplexity, type ComplexityEstimator } from "graphql-query-complexity";
import type { Context } from "../context.ts";
import { BadUserInput } from "../errors.ts";

type Variables = Readonly<Record<string, unknown>>;

/** A point a field; what stands below a list asked for by `first` counts as often as that. */
const estimate: ComplexityEstimator = ({ args, childComplexity }) => {
  const first: unknown = args["first"];
  return 1 + childComplexity * (typeof first === "number" && first > 0 ? first : 1);
};

/** What of the variables the cost can depend on: numbers, what is included or skipped, and what is not there. */
function costKey(operationName: string | null, variables: Variables): string {
  const told = Object.entries(variables).map(([name, value]) => [
    name,
    value === null || typeof value === "number" || typeof value === "boolean" ? value : "given",
  ]);
  return JSON.stringify([operationName, told]);
}

/** Costs remembered of one document; whoever asks for it with ever other numbers makes it forget. */
const keptCosts = 100;

function createCostOf(schema: GraphQLSchema) {
  const kept = new WeakMap<DocumentNode, Map<string, number>>();
  return (query: DocumentNode, operationName: string | null, variables: Variables): number => {
    const costs = kept.get(query) ?? new Map<string, number>();
    const key = costKey(operationName, variables);
    const known = costs.get(key);
    if (known !== undefined) return known;
    const cost = getComplexity({
      schema,
      query,
      variables,
      ...(operationName === null ? {} : { operationName }),
      estimators: [estimate],
      maxQueryNodes: Number.MAX_SAFE_INTEGER,
    });
    if (costs.size >= keptCosts) costs.clear();
    kept.set(query, costs.set(key, cost));
    return cost;
  };
}

/** Refuses operations that would cost too much, before anything of them is done. */
export function costPlugin(schema: GraphQLSchema, limit: number): ApolloServerPlugin<Context> {
  const costOf = createCostOf(schema);
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, request, operation, operationName, response }) => {
        // The request names none of several.
        if (!operation) return;
        const variables = request.variables ?? {};
        const refuse = (message: string) => {
          response.http.status = 400;
          return new BadUserInput([{ field: "query", message }]);
        };
        let cost: number;
        try {
          cost = costOf(document, operationName, variables);
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
