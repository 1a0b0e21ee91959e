/** The gateway's codes: what stands in `extensions.code`. A test holds them to the gateway's own list. */
export type GatewayCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "BAD_USER_INPUT"
  | "CONFLICT"
  | "RATE_LIMITED"
  | "UPSTREAM_UNAVAILABLE"
  | "UPSTREAM_REJECTED"
  | "PERSISTED_QUERY_NOT_FOUND"
  | "PERSISTED_QUERY_NOT_SUPPORTED"
  | "INTERNAL_SERVER_ERROR"
  | InvalidCode;

/** What is said of a document that cannot run at all. */
export type InvalidCode =
  "GRAPHQL_PARSE_FAILED" | "GRAPHQL_VALIDATION_FAILED" | "OPERATION_RESOLUTION_FAILURE" | "BAD_REQUEST";

/** The client's own: no gateway says these. */
export type ClientCode =
  "GATEWAY_UNREACHABLE" | "NOT_GRAPHQL" | "TIMED_OUT" | "CONNECTION_CLOSED" | "CLIENT_DISPOSED";

/** Whatever may stand in an error's `code`; a newer gateway may say what this client does not know. */
export type Code = GatewayCode | ClientCode | (string & {});
