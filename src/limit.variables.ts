import { duration, wholeNumber, type Variable } from "./variable-types.ts";

/** How much may be asked for at once. */
export const limitVariables = {
  BODY_LIMIT: {
    about: "Largest request body, in bytes.",
    unset: "1000000",
    type: wholeNumber(100, 100_000_000),
  },
  CONNECTION_LIMIT: {
    about:
      "Most connections of the process at once, WebSockets included; of more, those on which nothing is asked are cut.",
    unset: "25000",
    type: wholeNumber(1, 1_000_000),
  },
  UPLOAD_LIMIT: {
    about: "Most requests whose bodies are still coming; of more, those that take longest are cut.",
    unset: "500",
    type: wholeNumber(1, 1_000_000),
  },
  OPERATION_LIMIT: {
    about: "Most operations that run at once over HTTP, and as many over WebSockets and event streams.",
    unset: "500",
    type: wholeNumber(1, 1_000_000),
  },
  OPERATION_LIMIT_PER_VIEWER: {
    about:
      "Most of them with one credential; all who show none have as many together, and all credentials that Gitea has not accepted.",
    unset: "100",
    type: wholeNumber(1, 1_000_000),
  },
  OPERATION_QUEUE_LIMIT: {
    about: "Most operations over HTTP that wait for their turn; more are RATE_LIMITED at once.",
    unset: "200",
    type: wholeNumber(0, 1_000_000),
  },
  OPERATION_QUEUE_WAIT: {
    about: "How long an operation over HTTP waits for its turn before it is RATE_LIMITED.",
    unset: "1s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  LOOP_DELAY_LIMIT: {
    about:
      "How far behind the process may be with its work before requests are refused, ever more of them up to twice that; 0ms is any.",
    unset: "500ms",
    type: duration,
  },
  OPERATIONS_PER_MINUTE: {
    about:
      "Operations of one credential in a minute, of all who show none, and of all credentials that Gitea has not accepted; 0 is any number. Each process counts its own.",
    unset: "6000",
    type: wholeNumber(0, 1_000_000_000),
  },
  COST_PER_MINUTE: {
    about: "Points that these may cost together; 0 is any number.",
    unset: "600000",
    type: wholeNumber(0, 1_000_000_000),
  },
  ANSWER_LIMIT: {
    about: "Longest answer to an operation, in characters.",
    unset: "20000000",
    type: wholeNumber(1000, 500_000_000),
  },
  ANSWER_TIMEOUT: {
    about: "How long a client may take to read an answer over HTTP before it is cut.",
    unset: "60s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  UNREAD_LIMIT: {
    about: "How many bytes of answers over HTTP may wait for their readers; of more, the oldest are cut.",
    unset: "256000000",
    type: wholeNumber(1000, 100_000_000_000),
  },
  WEBHOOK_BODY_LIMIT: {
    about: "Largest webhook of Gitea's, in bytes: it names every file of up to five commits.",
    unset: "5000000",
    type: wholeNumber(100, 100_000_000),
  },
  SOCKET_LIMIT: {
    about: "Most WebSockets and event streams of the process at once; a tenth of them is for nobody.",
    unset: "20000",
    type: wholeNumber(1, 1_000_000),
  },
  SOCKET_LIMIT_PER_VIEWER: {
    about: "Most of them that one person has at once; nobody is told apart by address.",
    unset: "50",
    type: wholeNumber(1, 1_000_000),
  },
  SUBSCRIPTION_LIMIT: {
    about: "Most operations that run over one WebSocket at once.",
    unset: "100",
    type: wholeNumber(1, 100_000),
  },
  SUBSCRIPTION_LIMIT_PER_VIEWER: {
    about:
      "Most operations that one person runs over WebSockets and event streams at once; nobody is told apart by address.",
    unset: "1000",
    type: wholeNumber(1, 10_000_000),
  },
  SUBSCRIPTION_LIMIT_TOTAL: {
    about: "Most operations of the process that run over WebSockets and event streams at once.",
    unset: "100000",
    type: wholeNumber(1, 10_000_000),
  },
  SOCKET_BUFFER_LIMIT: {
    about:
      "How many bytes may wait for the reader of a WebSocket before it is cut; one message of any length may go before them.",
    unset: "1000000",
    type: wholeNumber(1000, 1_000_000_000),
  },
  SOCKET_INIT_TIMEOUT: {
    about: "How long a WebSocket may take to say who it is, and one of nobody's may run nothing.",
    unset: "5s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  SOCKET_PING: {
    about: "How often WebSockets and event streams are seen to be alive; one that does not answer is cut.",
    unset: "12s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  EVENT_QUEUE_LIMIT: {
    about: "Most events that wait for a slow subscription; of more it loses the oldest, and is told.",
    unset: "100",
    type: wholeNumber(1, 1_000_000),
  },
  POD_LOG_LIMIT: {
    about: "Most logs of containers that are followed at once, each for any number of people.",
    unset: "200",
    type: wholeNumber(1, 100_000),
  },
  PERMISSION_GRACE: {
    about: "How long a subscription goes on while Gitea cannot be asked whether it still may.",
    unset: "5m",
    type: duration,
  },
  ENVIRONMENT_LIMIT: {
    about: "Most environments of one producer besides those that all have: each has a workspace that runs.",
    unset: "20",
    type: wholeNumber(0, 1000),
  },
  DEPTH_LIMIT: { about: "How deep a query may nest.", unset: "12", type: wholeNumber(1, 1000) },
  ALIAS_LIMIT: { about: "How many aliases a query may use.", unset: "60", type: wholeNumber(0, 100_000) },
  FIELD_LIMIT: {
    about: "How many fields a query may select, fragments written out.",
    unset: "500",
    type: wholeNumber(1, 100_000),
  },
  TOKEN_LIMIT: {
    about: "How many words and signs a query's text may have.",
    unset: "5000",
    type: wholeNumber(10, 1_000_000),
  },
  COST_LIMIT: {
    about: "What a query may cost: a point a field, list fields times the asked-for length.",
    unset: "20000",
    type: wholeNumber(1, 1_000_000_000),
  },
} satisfies Record<string, Variable>;
