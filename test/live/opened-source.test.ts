import { ApolloServer } from "@apollo/server";
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import type { Context } from "../../src/context.ts";
import { createLatest } from "../../src/live/latest.ts";
import { createSignal } from "../../src/live/signal.ts";
import { createLog } from "../../src/log.ts";
import { createMetrics } from "../../src/metrics.ts";
import { createPermissionWatches } from "../../src/permissions/permission.watches.ts";
import { createPlatformNames } from "../../src/permissions/platform-names.ts";
import type { RepositoryName } from "../../src/permissions/subject.ts";
import { createAllowances } from "../../src/server/admission/allowances.ts";
import { createAdmission } from "../../src/server/admission/admission.ts";
import { createAudit } from "../../src/server/audit/audit.ts";
import { createRefusalWindows } from "../../src/server/audit/refusal.windows.ts";
import { errorFormat } from "../../src/server/errors.format.ts";
import type { Operations } from "../../src/server/operations/operations.ts";
import { createOperationLimits } from "../../src/server/live/operation.limits.ts";
import { createRunner, type LiveOperation, type Step } from "../../src/server/live/operation.runner.ts";
import { createPayloadSharing } from "../../src/server/live/payload.sharing.ts";
import { subscriptionPlugin } from "../../src/server/live/subscription.plugin.ts";
import type { Shared } from "../../src/server/request-context.ts";
import { LogLines } from "../support/log-lines.ts";

const asking = { requestId: "a-request", headers: {} };
const query = "subscription { told }";

/** Runs subscriptions to one source, of which it is known how often it was opened and ended. */
async function startRunner(readsAlike: () => boolean) {
  const count = { opened: 0, ended: 0 };
  const open = () => {
    count.opened += 1;
    return createLatest({
      read: () => ({ event: {}, missed: 0 }),
      onEnd: () => {
        count.ended += 1;
      },
    });
  };
  const told = { type: GraphQLString, subscribe: open, resolve: () => "now" };
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: "Query", fields: { nothing: { type: GraphQLString } } }),
    subscription: new GraphQLObjectType({ name: "Subscription", fields: { told } }),
  });
  const format = errorFormat(true);
  const apollo = new ApolloServer<Context>({
    schema,
    stopOnTerminationSignals: false,
    plugins: [subscriptionPlugin(schema, format)],
  });
  await apollo.start();
  const watches = createPermissionWatches({
    intervalMs: 1000,
    graceMs: 1000,
    rightsChanged: createSignal<RepositoryName>(),
    names: createPlatformNames(readConfig({}), "own-token"),
  });
  onTestFinished(async () => {
    watches.close();
    await apollo.stop();
  });
  const admission = createAdmission(readConfig({}), { has: () => true });
  onTestFinished(admission.stop);
  const audit = createAudit({
    service: { record: () => undefined },
    names: createPlatformNames(readConfig({}), "own-token"),
    known: { has: () => true },
    logins: { tell: (_who, _mayAsk, write) => write(undefined), close: () => undefined },
    windows: createRefusalWindows(),
  });
  onTestFinished(audit.close);
  const shared: Pick<
    Shared,
    | "log"
    | "metrics"
    | "strategies"
    | "admission"
    | "allowances"
    | "answerLimit"
    | "operationTimeoutMs"
    | "operations"
    | "audit"
  > = {
    log: createLog("error", new LogLines()),
    metrics: createMetrics(),
    strategies: [],
    admission,
    allowances: createAllowances(readConfig({}), { has: () => true, listen: () => () => undefined }),
    answerLimit: 1000,
    operationTimeoutMs: 30_000,
    audit,
    // Everything goes the server's own way here.
    operations: { shortWay: () => undefined } as Pick<Operations, "shortWay"> as Operations,
  };
  const run = createRunner({
    apollo,
    // Nobody is signed in: nothing else is asked for.
    shared: shared as Shared,
    documents: { resolve: ({ query: text }) => text as string },
    checkDocument: () => undefined,
    watches,
    format,
    sharePayload: createPayloadSharing(),
    readsAlike,
    limits: createOperationLimits({ total: 10, perViewer: 1 }),
  });
  return { count, run: () => run({ query }, asking, "somebody") };
}

function stepsOf(operation: LiveOperation): readonly Step[] {
  const steps: Step[] = [];
  operation.run({
    take: (step) => {
      steps.push(step);
      return undefined;
    },
  });
  return steps;
}

test("where the gateway breaks after a source was opened, the source is ended and its place is free", async () => {
  const { count, run } = await startRunner(() => {
    throw new TypeError("broken");
  });
  for (const time of [1, 2]) {
    const operation = await run();
    expect(operation.isSubscription).toBe(false);
    expect(stepsOf(operation)).toMatchObject([
      { kind: "error", errors: [{ extensions: { code: "INTERNAL_SERVER_ERROR" } }] },
    ]);
    expect(count).toEqual({ opened: time, ended: time });
  }
});

test("a subscription that is cancelled before it runs ends its source and frees its place", async () => {
  const { count, run } = await startRunner(() => true);
  for (const time of [1, 2]) {
    const operation = await run();
    expect(operation.isSubscription).toBe(true);
    operation.cancel();
    operation.cancel();
    expect(count).toEqual({ opened: time, ended: time });
  }
});
