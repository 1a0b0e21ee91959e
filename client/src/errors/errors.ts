export type { ClientCode, Code, GatewayCode, InvalidCode } from "./codes.ts";
export {
  ClientDisposed,
  ConnectionClosed,
  GatewayUnreachable,
  NotGraphql,
  TimedOut,
} from "./client.errors.ts";
export { errorClasses } from "./error-of.ts";
export {
  BadUserInput,
  Conflict,
  Forbidden,
  InternalServerError,
  InvalidDocument,
  NotFound,
  RateLimited,
  Unauthenticated,
  UnknownDocument,
  UpstreamRejected,
  UpstreamUnavailable,
  type ConflictingEntity,
  type Problem,
} from "./gateway.errors.ts";
export { SettError, type StepReport } from "./sett.error.ts";
