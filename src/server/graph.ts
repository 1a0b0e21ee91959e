import type { GraphQLSchema } from "graphql";
import { enforce } from "../permissions/enforce.ts";
import { resolvers } from "../resolvers/resolvers.ts";
import { buildSchema, printSdl } from "../schema/build-schema.ts";

/** What can be asked, behind its guards, and how that is written down. */
export interface Graph {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
}

let made: Graph | undefined;

/** The one graph of the process: it keeps nothing of those who ask, so all gateways in it may share it. */
export function graph(): Graph {
  if (made) return made;
  const schema = enforce(buildSchema(resolvers));
  made = { schema, sdl: printSdl(schema) };
  return made;
}
