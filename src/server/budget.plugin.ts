import type { ApolloServerPlugin } from "@apollo/server";
import { OperationTypeNode, type OperationDefinitionNode } from "graphql";
import type { Context } from "../context.ts";

/** Whatever Apollo's types say: of several operations, a request may name none. */
const isQuery = (operation: OperationDefinitionNode | undefined) =>
  operation?.operation === OperationTypeNode.QUERY;

/** Lets queries be cut short, and nothing else: half of a change is worse than a late one, and subscriptions go on. */
export const budgetPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async ({ contextValue: { signedIn } }) => ({
    didResolveOperation: async ({ operation }) => {
      if (!isQuery(operation)) signedIn?.caller.budget.keep();
    },
  }),
};
