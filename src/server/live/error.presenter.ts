import { ApolloServerErrorCode } from "@apollo/server/errors";
import { GraphQLError, Kind, type GraphQLFormattedError } from "graphql";
import type { Context } from "../../context.ts";
import { noteErrors } from "../operations/operation.record.ts";

/** What makes an error ready to leave, as over HTTP. */
export type ErrorFormat = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** Names the problem that the server names over HTTP: a variable that does not fit. */
function coded(error: GraphQLError): GraphQLError {
  const isVariable =
    error.extensions["code"] === undefined && error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;
  if (!isVariable) return error;
  const extensions = { code: ApolloServerErrorCode.BAD_USER_INPUT };
  return new GraphQLError(error.message, { nodes: error.nodes, extensions });
}

/** Errors that come outside of an HTTP answer, noted in the log and ready to leave. */
export function presentErrors(
  errors: readonly GraphQLError[],
  context: Pick<Context, "log" | "requestId" | "signedIn"> | Context,
  format: ErrorFormat,
): readonly GraphQLFormattedError[] {
  const all = errors.map(coded);
  noteErrors(all, context);
  return all.map((error) => {
    const code = error.extensions["code"] ?? ApolloServerErrorCode.INTERNAL_SERVER_ERROR;
    const formatted = format({ ...error.toJSON(), extensions: { ...error.extensions, code } }, error);
    return formatted.extensions?.["code"] === ApolloServerErrorCode.INTERNAL_SERVER_ERROR
      ? { ...formatted, extensions: { ...formatted.extensions, requestId: context.requestId } }
      : formatted;
  });
}

/** The codes of errors, in their order. */
export const codesOf = (errors: readonly GraphQLFormattedError[] | undefined): readonly string[] =>
  (errors ?? []).map(({ extensions }) => String(extensions?.["code"]));

/** Anything that was thrown, as GraphQL has errors. */
export function asGraphqlError(thrown: unknown): GraphQLError {
  if (thrown instanceof GraphQLError) return thrown;
  const originalError = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new GraphQLError(originalError.message, { originalError });
}
