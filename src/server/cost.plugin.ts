import type { ApolloServerPlugin } from "@apollo/server";
import { getVariableValues, GraphQLError, type GraphQLSchema } from "graphql";
import type { Context } from "../context.ts";
import { BadUserInput } from "../errors.ts";
import { allowanceKey, asksForCost, type Allowances } from "./admission/allowances.ts";
import { tooMany } from "./admission/too-many.ts";
import type { CostOf } from "./operations/operation.cost.ts";

interface Means {
  readonly costOf: CostOf;
  readonly limit: number;
  readonly allowances: Allowances;
}

/** Refuses operations that would cost too much, or more than is left to who asks, before anything of them is done. */
export function costPlugin(
  schema: GraphQLSchema,
  { costOf, limit, allowances }: Means,
): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => {
      let spent: number | undefined;
      return {
        didResolveOperation: async ({ document, request, operation, response, contextValue }) => {
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
          spent = cost;
          const refusal = await allowances.spendRest(allowanceKey(contextValue), cost);
          if (!refusal) return;
          if (!contextValue.refusal) throw tooMany(refusal, response.http);
          response.http.status = 400;
          throw contextValue.refusal;
        },
        willSendResponse: async ({ request, response: { body }, contextValue }) => {
          if (spent === undefined || body.kind !== "single" || !asksForCost(request.extensions)) return;
          const cost = await allowances.price(allowanceKey(contextValue), spent);
          body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        },
      };
    },
  };
}
