import type { ApolloServerPlugin } from "@apollo/server";
import { getVariableValues, GraphQLError, type GraphQLSchema } from "graphql";
import { getComplexity, type ComplexityEstimator } from "graphql-query-complexity";
import type { Context } from "../context.ts";
import { BadUserInput } from "../errors.ts";

/** A point a field; what stands below a list asked for by `first` counts as often as that. */
const estimate: ComplexityEstimator = ({ args, childComplexity }) => {
  const first: unknown = args["first"];
  return 1 + childComplexity * (typeof first === "number" && first > 0 ? first : 1);
};

/** Refuses operations that would cost too much, before anything of them is done. */
export function costPlugin(schema: GraphQLSchema, limit: number): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, request, operation, operationName, response }) => {
        // The request names none of several.
        if (!operation) return;
        const variables = request.variables ?? {};
        // Variables that do not fit are the execution's to report: it does nothing else then.
        const definitions = operation.variableDefinitions ?? [];
        if (getVariableValues(schema, definitions, variables, { maxErrors: 1 }).errors) return;

        const refuse = (message: string) => {
          response.http.status = 400;
          return new BadUserInput([{ field: "query", message }]);
        };
        let cost: number;
        try {
          cost = getComplexity({
            schema,
            query: document,
            variables,
            ...(operationName === null ? {} : { operationName }),
            estimators: [estimate],
            maxQueryNodes: Number.MAX_SAFE_INTEGER,
          });
        } catch (error) {
          // An argument that cannot be read, such as a null where the schema takes none.
          throw error instanceof GraphQLError ? refuse(error.message) : error;
        }
        if (cost > limit) throw refuse(`costs ${cost} points; at most ${limit} are taken`);
      },
    }),
  };
}
