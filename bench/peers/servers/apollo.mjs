import { RESTDataSource } from "@apollo/datasource-rest";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { resolvers } from "../graph/resolvers.mjs";
import { typeDefinitions } from "../graph/type-definitions.mjs";

/** The upstream as Apollo's documentation asks REST services: a data source for each request. */
class Upstream extends RESTDataSource {
  constructor(url) {
    super();
    this.baseURL = url;
  }

  willSendRequest(_path, request) {
    request.headers.authorization = "token demo-token";
  }

  post(path, body) {
    return super.post(path, { body });
  }

  async getWhole(path) {
    const { parsedBody: body, response } = await this.fetch(path);
    return { body, headers: Object.fromEntries(response.headers) };
  }
}

/** Apollo Server as it comes, over RESTDataSource. */
export async function start({ upstream }) {
  const server = new ApolloServer({ typeDefs: typeDefinitions, resolvers });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: "127.0.0.1" },
    context: async () => ({ upstream: new Upstream(upstream) }),
  });
  return { port: Number(new URL(url).port) };
}
