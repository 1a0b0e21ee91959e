import type { GatewayCode } from "./codes.ts";
import * as classes from "./gateway.errors.ts";
import { SettError, type AnsweredError, type ErrorContext } from "./sett.error.ts";

type ErrorClass = new (answered: AnsweredError, context?: ErrorContext) => SettError;

/** The class of each code that a gateway may say. */
export const errorClasses: Readonly<Record<GatewayCode, ErrorClass>> = {
  UNAUTHENTICATED: classes.Unauthenticated,
  FORBIDDEN: classes.Forbidden,
  NOT_FOUND: classes.NotFound,
  BAD_USER_INPUT: classes.BadUserInput,
  CONFLICT: classes.Conflict,
  RATE_LIMITED: classes.RateLimited,
  UPSTREAM_UNAVAILABLE: classes.UpstreamUnavailable,
  UPSTREAM_REJECTED: classes.UpstreamRejected,
  PERSISTED_QUERY_NOT_FOUND: classes.UnknownDocument,
  PERSISTED_QUERY_NOT_SUPPORTED: classes.UnknownDocument,
  INTERNAL_SERVER_ERROR: classes.InternalServerError,
  GRAPHQL_PARSE_FAILED: classes.InvalidDocument,
  GRAPHQL_VALIDATION_FAILED: classes.InvalidDocument,
  OPERATION_RESOLUTION_FAILURE: classes.InvalidDocument,
  BAD_REQUEST: classes.InvalidDocument,
};

/** One error of an answer, as the class of its code; an unknown code makes a plain `SettError`. */
export function errorOf(answered: AnsweredError, context: ErrorContext = {}): SettError {
  const code = answered.extensions?.["code"];
  const known = typeof code === "string" && Object.hasOwn(errorClasses, code);
  const Class = known ? errorClasses[code as GatewayCode] : SettError;
  return new Class(answered, context);
}

/** The errors of one answer, each knowing of the others and of what was answered all the same. */
export function errorsOf(
  answered: readonly AnsweredError[] | undefined,
  context: ErrorContext = {},
  data?: unknown,
): readonly SettError[] {
  const errors = (answered ?? []).map((each) => errorOf(each, context));
  for (const error of errors) {
    error.errors = errors;
    error.data = data;
  }
  return errors;
}
