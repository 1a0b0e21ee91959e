/**
 * The status of an answer in GraphQL's own form to an operation that is refused before anything of it is done. To
 * clients that only take `application/json` any such answer is a 200: to them another status speaks of the transport.
 * Newer clients say that they read `application/graphql-response+json`.
 */
export function refusalStatus(accept: string | undefined): 200 | 400 {
  return !accept || accept.includes("graphql-response+json") ? 400 : 200;
}
