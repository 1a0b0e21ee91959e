import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import type { Config } from "../config.ts";
import { budgetPlugin } from "./budget.plugin.ts";
import type { Context } from "../context.ts";
import type { Log } from "../log.ts";
import type { Allowances } from "./admission/allowances.ts";
import { answerText } from "./admission/answer.limit.ts";
import { costPlugin } from "./cost.plugin.ts";
import { errorFormat } from "./errors.format.ts";
import { operationsPlugin } from "./operations.plugin.ts";
import { createDocumentStore } from "./operations/known.documents.ts";
import type { Operations } from "./operations/operations.ts";
import { refusalStatus } from "./refusal.status.ts";
import { subscriptionPlugin } from "./live/subscription.plugin.ts";

const plainStatusPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async ({ request }) => ({
    willSendResponse: async ({ response: { http } }) => {
      const isRefused = http.status === 400 || http.status === 429;
      if (isRefused && refusalStatus(request.http?.headers.get("accept")) === 200) http.status = 200;
    },
  }),
};

interface Means {
  readonly log: Log;
  readonly allowances: Allowances;
  readonly operations: Operations;
}

/** The GraphQL server: nothing of it listens, asks anybody or reports anywhere. */
export function createApollo(
  schema: GraphQLSchema,
  config: Config,
  { log, allowances, operations }: Means,
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    // Apollo hides what it suggests in place of a wrong name, but not what it suggests in place of a wrong variable.
    formatError: errorFormat(config.INTROSPECTION),
    introspection: config.INTROSPECTION,
    hideSchemaDetailsFromClientErrors: !config.INTROSPECTION,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    documentStore: createDocumentStore(),
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    parseOptions: { maxLexicalTokens: config.TOKEN_LIMIT },
    logger: log,
    stringifyResult: (result) => answerText(result, "\n"),
    plugins: [
      budgetPlugin,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      operations.plugin,
      costPlugin(schema, { costOf: operations.costOf, limit: config.COST_LIMIT, allowances }),
      plainStatusPlugin,
      subscriptionPlugin(schema, errorFormat(config.INTROSPECTION)),
      operationsPlugin(operations.record),
    ],
  });
}
