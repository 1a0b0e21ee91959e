import { ApolloServerErrorCode, unwrapResolverError } from "@apollo/server/errors";
import type { GraphQLFormattedError } from "graphql";
import type { errorCodes } from "../errors.ts";
import { SettError } from "../errors.ts";

/** Codes for documents that cannot run at all; their messages speak of the document only. */
const documentCodes = new Set<unknown>([
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE,
  ApolloServerErrorCode.BAD_REQUEST,
  ApolloServerErrorCode.PERSISTED_QUERY_NOT_SUPPORTED,
]);

/** Enough to tell what is wrong; a message may quote what was sent, which may be long. */
const longestMessage = 500;

const cut = (text: string) => (text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text);

const variable = /^Variable "\$([_A-Za-z][_0-9A-Za-z]*)"(?: got invalid value .*? at "([^"]{1,200})";)?/s;

/** What is wrong with a variable, in the form of all other bad input. */
function variableProblem(message: string) {
  const [, name = "variables", place] = variable.exec(message) ?? [];
  return { field: place ?? name, message: cut(message) };
}

/** The same error without the names of the schema that its message suggests. */
export function withoutSuggestion(formatted: GraphQLFormattedError): GraphQLFormattedError {
  return { ...formatted, message: formatted.message.replace(/ Did you mean .*$/s, "") };
}

/** What leaves of an error: our own errors as they are, problems with the document, and nothing of anything else. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { message, locations, path, extensions } = formatted;
  const place = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
  const original = unwrapResolverError(error);
  if (original instanceof SettError) {
    const { stacktrace: _stacktrace, ...own } = { ...original.extensions };
    return { message: cut(original.message), ...place, extensions: own };
  }
  const code = extensions?.["code"];
  if (documentCodes.has(code)) return { message: cut(message), ...place, extensions: { code } };
  if (code === ApolloServerErrorCode.BAD_USER_INPUT) {
    return { message: cut(message), ...place, extensions: { code, problems: [variableProblem(message)] } };
  }
  return {
    message: "Something broke in the gateway.",
    ...place,
    extensions: { code: "INTERNAL_SERVER_ERROR" satisfies keyof typeof errorCodes },
  };
}

/** What makes errors ready to leave: what they suggest of the schema goes with them only where it may be asked for. */
export const errorFormat =
  (introspection: boolean) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError =>
    formatError(introspection ? formatted : withoutSuggestion(formatted), error);

/** Whether an error says that the gateway itself is broken. */
export function isInternal(error: unknown): boolean {
  const original = unwrapResolverError(error);
  if (original instanceof SettError) return false;
  const code: unknown =
    typeof error === "object" && error !== null && "extensions" in error
      ? (error.extensions as Record<string, unknown> | undefined)?.["code"]
      : undefined;
  return !documentCodes.has(code) && code !== ApolloServerErrorCode.BAD_USER_INPUT;
}
