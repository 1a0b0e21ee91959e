import type { ApolloServerPlugin } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
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
      didResolveOperation: async ({ document, request, operationName }) => {
        const cost = getComplexity({
          schema,
          query: document,
          variables: request.variables ?? {},
          ...(operationName === null ? {} : { operationName }),
          estimators: [estimate],
          maxQueryNodes: Number.MAX_SAFE_INTEGER,
        });
        if (cost > limit) {
          throw new BadUserInput([
            { field: "query", message: `costs ${cost} points; at most ${limit} are taken` },
          ]);
        }
      },
    }),
  };
}
