import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import type { Config } from "../config.ts";
import type { Context } from "../context.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { costPlugin } from "./cost.plugin.ts";
import { errorFormat } from "./errors.format.ts";
import { operationsPlugin } from "./operations.plugin.ts";
import { refusalStatus } from "./refusal.status.ts";
import { subscriptionPlugin } from "./live/subscription.plugin.ts";

const plainStatusPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async ({ request }) => ({
    willSendResponse: async ({ response: { http } }) => {
      if (http.status === 400) http.status = refusalStatus(request.http?.headers.get("accept"));
    },
  }),
};

/** The GraphQL server: nothing of it listens, asks anybody or reports anywhere. */
export function createApollo(
  schema: GraphQLSchema,
  config: Config,
  { log, metrics }: { log: Log; metrics: Metrics },
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    // Apollo hides what it suggests in place of a wrong name, but not what it suggests in place of a wrong variable.
    formatError: errorFormat(config.INTROSPECTION),
    introspection: config.INTROSPECTION,
    hideSchemaDetailsFromClientErrors: !config.INTROSPECTION,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    parseOptions: { maxLexicalTokens: config.TOKEN_LIMIT },
    logger: log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      costPlugin(schema, config.COST_LIMIT),
      plainStatusPlugin,
      subscriptionPlugin(schema, errorFormat(config.INTROSPECTION)),
      operationsPlugin(metrics),
    ],
  });
}
