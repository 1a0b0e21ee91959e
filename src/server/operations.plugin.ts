import type { ApolloServerPlugin } from "@apollo/server";
import { OperationTypeNode } from "graphql";
import type { Context } from "../context.ts";
import { isLeft, noteErrors, type RecordOperation } from "./operations/operation.record.ts";

/** Says of every operation how it went: a log line, a measurement, and the request id where the gateway broke. */
export function operationsPlugin(record: RecordOperation): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async ({ contextValue }) => {
      const { requestId } = contextValue;
      const startedAt = performance.now();
      return {
        didEncounterErrors: async ({ errors, operation, operationName }) => {
          noteErrors(errors, contextValue, {
            type: operation?.operation ?? OperationTypeNode.QUERY,
            name: operationName,
          });
        },
        willSendResponse: async ({ response, operation, operationName }) => {
          const result =
            response.body.kind === "single" ? response.body.singleResult : response.body.initialResult;
          const codes = (result.errors ?? []).map(({ extensions }) => String(extensions?.["code"]));
          for (const error of result.errors ?? []) {
            if (error.extensions?.["code"] === "INTERNAL_SERVER_ERROR")
              Object.assign(error.extensions, { requestId });
          }
          const type = operation?.operation ?? "unknown";
          record({ requestId, type, operationName, startedAt, codes, isLeft: isLeft(contextValue) });
        },
      };
    },
  };
}
