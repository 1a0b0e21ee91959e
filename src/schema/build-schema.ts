import { printSchemaWithDirectives } from "@graphql-tools/utils";
import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLNonNull,
  GraphQLString,
  specifiedDirectives,
  type GraphQLSchema,
} from "graphql";
import { buildSchemaSync, getMetadataStorage, type NonEmptyArray, type PubSub } from "type-graphql";

const text = new GraphQLNonNull(GraphQLString);

const directives = [
  ...specifiedDirectives,
  new GraphQLDirective({
    name: "can",
    description: "The permission that a field asks for. With several, all are needed.",
    locations: [DirectiveLocation.FIELD_DEFINITION],
    isRepeatable: true,
    args: {
      permission: { type: text, description: "Such as `project:write`." },
      on: {
        type: GraphQLString,
        description: "Where what it is about stands: `args`, an argument, or `parent`.",
      },
    },
  }),
  new GraphQLDirective({
    name: "public",
    description: "A field that is open to everybody.",
    locations: [DirectiveLocation.FIELD_DEFINITION],
    args: { why: { type: text, description: "Why it is safe." } },
  }),
];

/** type-graphql wants to know where topics are, but here every subscription names the source of its events itself. */
const noTopics: PubSub = {
  publish: () => {
    throw new TypeError("Events are published at the hub.");
  },
  subscribe: () => {
    throw new TypeError("A subscription names its own source.");
  },
};

/** Builds the schema of some resolvers, with the directives that say who may; it is not guarded yet. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type for a list of classes
export function buildSchema(resolvers: NonEmptyArray<Function>): GraphQLSchema {
  // Decorators of parameters are heard from the last to the first; arguments are to stand as they are written.
  getMetadataStorage().params.sort((one, other) => one.index - other.index);
  return buildSchemaSync({ resolvers, directives, validate: false, pubSub: noTopics });
}

/** The SDL, directives included. */
export function printSdl(schema: GraphQLSchema): string {
  return `${printSchemaWithDirectives(schema)}\n`;
}
