import { HeaderMap, type ApolloServerPlugin, type GraphQLResponse } from "@apollo/server";
import { ApolloServerErrorCode } from "@apollo/server/errors";
import {
  createSourceEventStream,
  GraphQLError,
  OperationTypeNode,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import type { Context, Live } from "../../context.ts";
import { presentErrors, type ErrorFormat } from "./error.presenter.ts";

/** A subscription whose source is open: what its events are made into answers with. */
export interface OpenSubscription {
  readonly events: AsyncIterable<unknown>;
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
}

const opened = new WeakMap<Live, OpenSubscription>();

/** The subscription that an operation has opened, if it was one and was not refused; whoever takes it ends it. */
export function takeSubscription(live: Live): OpenSubscription | undefined {
  const subscription = opened.get(live);
  opened.delete(live);
  return subscription;
}

const elsewhere =
  "Subscriptions run over a WebSocket at this address, or as an event stream at /graphql/stream.";

/** Whatever Apollo's types say: of several operations, a request may name none. */
const isSubscription = (operation: OperationDefinitionNode | undefined) =>
  operation?.operation === OperationTypeNode.SUBSCRIPTION;

function single(singleResult: { errors?: readonly GraphQLFormattedError[] }): GraphQLResponse {
  return { http: { headers: new HeaderMap() }, body: { kind: "single", singleResult } };
}

/**
 * Takes subscriptions through all that queries go through, limits, costs, log and masking included, up to the point
 * where their source is open; refuses them where there is nothing that events could be sent over.
 */
export function subscriptionPlugin(schema: GraphQLSchema, format: ErrorFormat): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async ({ contextValue: { live } }) => ({
      didResolveOperation: async ({ operation, response }) => {
        if (!isSubscription(operation) || live) return;
        response.http.status = 400;
        throw new GraphQLError(elsewhere, { extensions: { code: ApolloServerErrorCode.BAD_REQUEST } });
      },
      responseForOperation: async ({ operation, contextValue, document, request }) => {
        if (!isSubscription(operation) || !live) return null;
        const source = await createSourceEventStream({
          schema,
          document,
          contextValue,
          variableValues: request.variables,
          operationName: request.operationName,
        });
        if (!(Symbol.asyncIterator in source)) {
          return single({ errors: presentErrors(source.errors ?? [], contextValue, format) });
        }
        opened.set(live, { events: source, schema, document });
        return single({});
      },
    }),
  };
}
