import type { ApolloServerPlugin } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
import type { Config } from "../../config.ts";
import type { Context } from "../../context.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { Tracing } from "../../tracing/tracing.ts";
import type { Allowances } from "../admission/allowances.ts";
import { errorFormat } from "../errors.format.ts";
import { createDeprecatedCount } from "./deprecated.fields.ts";
import { createExecutor } from "./executor.ts";
import { createKnownDocuments } from "./known.documents.ts";
import { createCostOf, type CostOf } from "./operation.cost.ts";
import { createRecord, type RecordOperation } from "./operation.record.ts";
import { createShortWay, type ShortWay } from "./short.way.ts";

/** What is known of operations, whichever way they are run. */
export interface Operations {
  readonly costOf: CostOf;
  readonly shortWay: ShortWay;
  readonly record: RecordOperation;
  /** Keeps what the server has found well formed. */
  readonly plugin: ApolloServerPlugin<Context>;
}

interface Means {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly allowances: Allowances;
  readonly tracing?: Tracing | undefined;
}

export function createOperations(
  schema: GraphQLSchema,
  config: Pick<Config, "COST_LIMIT" | "INTROSPECTION">,
  { log, metrics, allowances, tracing }: Means,
): Operations {
  const costOf = createCostOf(schema);
  const documents = createKnownDocuments();
  const record = createRecord(log, metrics, tracing);
  const noteDeprecated = createDeprecatedCount(schema, metrics.registry);
  const shortWay = createShortWay({
    ...{ schema, record, documents, costOf, allowances, noteDeprecated },
    execute: createExecutor(schema, metrics),
    costLimit: config.COST_LIMIT,
    format: errorFormat(config.INTROSPECTION),
  });
  const plugin: ApolloServerPlugin<Context> = {
    requestDidStart: async () => ({
      didResolveOperation: async ({ source, document }) => {
        documents.learn(source, document);
        noteDeprecated(document);
      },
    }),
  };
  return { costOf, shortWay, record, plugin };
}
