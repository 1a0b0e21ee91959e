import { once } from "node:events";
import { createServer } from "node:http";
import { createSchema, createYoga } from "graphql-yoga";
import { resolvers } from "../graph/resolvers.mjs";
import { typeDefinitions } from "../graph/type-definitions.mjs";
import { createUpstream } from "../graph/upstream.mjs";

/** graphql-yoga on node:http, without logs and pages. */
export async function start({ upstream }) {
  const client = createUpstream(upstream);
  const yoga = createYoga({
    schema: createSchema({ typeDefs: typeDefinitions, resolvers }),
    context: () => ({ upstream: client }),
    logging: false,
    graphiql: false,
    landingPage: false,
    maskedErrors: false,
  });
  const server = createServer(yoga);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { port: server.address().port };
}
