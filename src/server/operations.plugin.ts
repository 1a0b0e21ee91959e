import type { ApolloServerPlugin } from "@apollo/server";
import { unwrapResolverError } from "@apollo/server/errors";
import type { GraphQLError } from "graphql";
import type { Context } from "../context.ts";
import { UpstreamUnavailable } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { isInternal } from "./errors.format.ts";

/** Says in the log what of errors the answer does not tell: what broke, and why a service did not answer. */
export function noteErrors(log: Log, errors: readonly GraphQLError[]): void {
  for (const error of errors) {
    const original = unwrapResolverError(error);
    if (isInternal(error)) log.error({ err: original, path: error.path }, "the gateway broke");
    if (original instanceof UpstreamUnavailable) {
      log.warn({ upstream: original.upstream, reason: original.reason }, "a field failed");
    }
  }
}

/** Says of every operation how it went: a log line, a measurement, and the request id where the gateway broke. */
export function operationsPlugin(metrics: Metrics): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async ({ contextValue: { log, requestId } }) => {
      const startedAt = performance.now();
      return {
        didEncounterErrors: async ({ errors }) => {
          noteErrors(log, errors);
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
          const milliseconds = performance.now() - startedAt;
          metrics.operations.observe({ type, outcome: codes[0] ?? "ok" }, milliseconds / 1000);
          log.info(
            {
              operation: operationName ?? undefined,
              type,
              milliseconds: Math.round(milliseconds * 10) / 10,
              codes,
            },
            "operation",
          );
        },
      };
    },
  };
}
