import Fastify from "fastify";
import mercurius from "mercurius";
import { resolvers } from "../graph/resolvers.mjs";
import { typeDefinitions } from "../graph/type-definitions.mjs";
import { createUpstream } from "../graph/upstream.mjs";

/** mercurius on Fastify, without logs; with `compiles` it compiles a document once it has been asked for. */
export async function start({ upstream, compiles }) {
  const client = createUpstream(upstream);
  const app = Fastify({ logger: false });
  app.register(mercurius, {
    schema: typeDefinitions,
    resolvers,
    context: () => ({ upstream: client }),
    jit: compiles ? 1 : 0,
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: app.server.address().port };
}
