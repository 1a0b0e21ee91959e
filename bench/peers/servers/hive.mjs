import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { composeSubgraphs } from "@graphql-mesh/fusion-composition";
import * as rest from "@graphql-mesh/transport-rest";
import { loadOpenAPISubgraph } from "@omnigraph/openapi";

const document = fileURLToPath(new URL("../graph/upstream.openapi.json", import.meta.url));
const quiet = {
  log() {},
  debug() {},
  info() {},
  warn: console.error,
  error: console.error,
  child: () => quiet,
};

/** The upstream's OpenAPI document, composed into what the gateway serves. */
async function compose(upstream) {
  const load = loadOpenAPISubgraph("upstream", {
    source: document,
    endpoint: upstream,
    operationHeaders: { authorization: "token demo-token" },
  });
  const { name, schema$ } = load({ fetch, cwd: import.meta.dirname, logger: quiet });
  const { supergraphSdl, errors } = composeSubgraphs([{ name, schema: await schema$ }]);
  if (errors) throw new AggregateError(errors, "The upstream's OpenAPI document cannot be composed.");
  return supergraphSdl;
}

/** Hive Gateway over an OpenAPI document, without logs and pages. */
export async function start({ upstream }) {
  const gateway = createGatewayRuntime({
    supergraph: await compose(upstream),
    transports: { rest },
    logging: false,
    graphiql: false,
    landingPage: false,
    maskedErrors: false,
  });
  const server = createServer(gateway);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { port: server.address().port };
}
