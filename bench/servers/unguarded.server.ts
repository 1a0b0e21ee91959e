import "reflect-metadata";
import cors from "cors";
import { createMemory } from "../../src/loaders/memory.ts";
import { createLog } from "../../src/log.ts";
import { createMetrics } from "../../src/metrics.ts";
import { enforce } from "../../src/permissions/enforce.ts";
import { createPlatformNames } from "../../src/permissions/platform-names.ts";
import { buildSchema } from "../../src/schema/build-schema.ts";
import { createAdmission } from "../../src/server/admission/admission.ts";
import { createAllowances } from "../../src/server/admission/allowances.ts";
import { createApollo } from "../../src/server/apollo.ts";
import { openAudit } from "../../src/server/audit/open.audit.ts";
import { createDocumentCheck } from "../../src/server/document-limits.ts";
import { createGraphqlHandler } from "../../src/server/graphql.handler.ts";
import { startListener } from "../../src/server/listener.ts";
import { createOperations } from "../../src/server/operations/operations.ts";
import { requestIdOf } from "../../src/server/request-context.ts";
import { createTrustedDocuments } from "../../src/server/trusted/trusted.documents.ts";
import { createServices } from "../../src/services/services.ts";
import { serveMeasured } from "../process/measured.ts";
import { addressesOf, configOf } from "./settings.ts";
import { unguardedResolver } from "./unguarded.resolver.ts";

/** The gateway put together from its own parts, with one query that is open to everybody. */
serveMeasured(async (settings) => {
  const config = configOf(settings);
  const log = createLog(config.LOG_LEVEL);
  const metrics = createMetrics();
  const addresses = addressesOf(settings);
  const names = createPlatformNames(config, addresses.giteaToken);
  const services = createServices({ config, addresses, names, log, metrics });
  const schema = enforce(
    buildSchema([unguardedResolver(services.repositories, settings.remembers ?? false)]),
  );
  const allowances = createAllowances(config, services.vouched);
  const operations = createOperations(schema, config, { log, metrics, allowances });
  const apollo = createApollo(schema, config, { log, allowances, operations });
  await apollo.start();
  const answer = createGraphqlHandler({
    apollo,
    shared: {
      ...{ services, memory: createMemory(config, services), names, strategies: [], log, metrics },
      ...{
        operations,
        admission: createAdmission(config, services.vouched),
        allowances,
        answerLimit: config.ANSWER_LIMIT,
        audit: openAudit(services, { names, tracing: undefined }),
      },
      operationTimeoutMs: config.OPERATION_TIMEOUT,
    },
    bodyLimit: config.BODY_LIMIT,
    documents: createTrustedDocuments(config, schema),
    checkDocument: createDocumentCheck(config),
  });
  const allowOrigin = cors({ origin: [...config.CORS_ORIGINS], exposedHeaders: ["x-request-id"] });

  return startListener({ host: config.HOST, port: config.PORT }, (request, response) => {
    const requestId = requestIdOf(request.headers);
    response.setHeader("x-request-id", requestId);
    metrics.running.inc();
    response.once("close", () => {
      metrics.running.dec();
      metrics.requests.inc("/graphql", String(response.statusCode));
    });
    allowOrigin(request, response, () => void answer(request, response, requestId));
  });
});
