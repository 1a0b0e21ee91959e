import { z } from "zod";
import { nameRules } from "./names.ts";
import {
  addressTemplate,
  duration,
  gatewayAddressTemplate,
  httpAddress,
  list,
  optional,
  origin,
  redisAddress,
  wholeNumber,
  yesOrNo,
} from "./variable-types.ts";

/** One variable of the environment: what it means, what it is when unset, and how it is read. */
interface Variable {
  readonly about: string;
  readonly unset: string;
  readonly type: z.ZodType;
}

/** Every variable that the gateway reads; `.env.example` and `docs/configuration.md` are held to this table. */
export const variables = {
  PORT: { about: "Port to listen on; 0 takes a free one.", unset: "4000", type: wholeNumber(0, 65_535) },
  HOST: { about: "Address to listen on.", unset: "127.0.0.1", type: z.string().min(1) },
  GITEA_URL: {
    about:
      "Gitea's address. With this, GITEA_TOKEN, GIT_API_URL and CONFIGSTORE_URL all unset, the sandbox runs.",
    unset: "",
    type: optional(httpAddress),
  },
  GITEA_TOKEN: {
    about:
      "The gateway's own token, of a Gitea site admin: asks whether Gitea is ready, and acts for people who hold no token of Gitea's.",
    unset: "",
    type: optional(z.string().regex(/^[\x21-\x7e]+$/, "must be one word")),
  },
  GIT_API_URL: { about: "git-api's address.", unset: "", type: optional(httpAddress) },
  CONFIGSTORE_URL: { about: "configstore's address.", unset: "", type: optional(httpAddress) },
  PROJECT_API_URL_TEMPLATE: {
    about: "The address of a workspace's Project API, where $PRODUCER and $ENV say whose it is.",
    unset: "http://workspace-$PRODUCER-$ENV.customer:80/api",
    type: addressTemplate,
  },
  WORKSPACE_API_URL_TEMPLATE: {
    about: "The address of a workspace's Workspace API, in the same way.",
    unset: "http://workspace-$PRODUCER-$ENV.customer:81/api",
    type: addressTemplate,
  },
  OPENAPI_URL_TEMPLATE: {
    about: "Where the running project of a workspace describes its own API, in the same way.",
    unset: "http://workspace-$PRODUCER-$ENV.customer:3000/explorer/swagger.json",
    type: addressTemplate,
  },
  SLS_API_URL_TEMPLATE: {
    about: "The address of the service that keeps and deploys a producer's functions, in the same way.",
    unset: "http://sls-api-$PRODUCER-$ENV.customer:4444",
    type: addressTemplate,
  },
  GATEWAY_ADMIN_URL_TEMPLATE: {
    about: "The address of a gateway's own administration, in the same way; $GATEWAY says which gateway.",
    unset: "http://gateway-$PRODUCER-$ENV-$GATEWAY.customer:9876",
    type: gatewayAddressTemplate,
  },
  MODEL_URL_TEMPLATE: {
    about: "Where gateways reach the models of a workspace that runs, in the same way.",
    unset: "http://workspace-$PRODUCER-$ENV.customer:3000/api",
    type: addressTemplate,
  },
  REDIS_URL: {
    about: "A Redis that several gateways share for locks and revisions; each keeps its own without it.",
    unset: "",
    type: optional(redisAddress),
  },
  SANDBOX_EXPOSED: {
    about: "Let the sandbox, whose tokens everybody knows, be reached from other machines.",
    unset: "false",
    type: yesOrNo,
  },
  PRODUCER_PREFIX: {
    about: "A producer's Gitea user is this prefix, a dash and the producer's name.",
    unset: "customer",
    type: z.string().regex(/^[a-z][a-z0-9]{0,8}$/, "must be 1 to 9 lower-case letters and digits"),
  },
  ENVIRONMENTS: {
    about: "The environments a producer has: each a repository of that name.",
    unset: "dev",
    type: list(
      z
        .string()
        .refine(nameRules.EnvironmentName.accepts, `must be names: ${nameRules.EnvironmentName.rule}`),
    ).refine(
      (names) => names.includes("dev") && new Set(names).size === names.length,
      "must name dev, and each environment once",
    ),
  },
  FUNCTIONS_REPOSITORY: {
    about: "The repository that holds a producer's functions.",
    unset: "functions",
    type: z
      .string()
      .refine(nameRules.RepositoryName.accepts, `must be a name: ${nameRules.RepositoryName.rule}`),
  },
  PERMISSION_TTL: {
    about:
      "How old an answer of Gitea's about a permission may be when something is read; writes always ask.",
    unset: "10s",
    type: duration,
  },
  PERMISSION_CACHE_SIZE: {
    about: "How many repositories are kept with such answers, over all people.",
    unset: "10000",
    type: wholeNumber(1, 10_000_000),
  },
  VIEWER_TTL: {
    about: "How long a token is taken to be its owner's without asking Gitea again.",
    unset: "10s",
    type: duration,
  },
  VIEWER_CACHE_SIZE: {
    about: "How many tokens' owners are kept.",
    unset: "10000",
    type: wholeNumber(1, 10_000_000),
  },
  UPSTREAM_TIMEOUT: {
    about: "How long a service behind the gateway may take for one answer.",
    unset: "10s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  UPSTREAM_ANSWER_LIMIT: {
    about: "Largest answer taken from a service behind the gateway, in bytes.",
    unset: "10000000",
    type: wholeNumber(1000, 1_000_000_000),
  },
  UPSTREAM_CONNECTIONS: {
    about: "Most connections kept to each service behind the gateway.",
    unset: "64",
    type: wholeNumber(1, 10_000),
  },
  WORKSPACE_TIMEOUT: {
    about: "How long a workspace may take for one answer: it commits to git within each write.",
    unset: "30s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  WORKSPACE_WAIT: {
    about: "How long a request waits for its turn at a workspace before it is RATE_LIMITED.",
    unset: "15s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  GATEWAY_SETTLE_TIMEOUT: {
    about:
      "How long a gateway may take to serve what was written: it loads its configuration about 2 seconds after.",
    unset: "6s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  GATEWAY_SETTLE_INTERVAL: {
    about: "How often a gateway is asked meanwhile what it serves.",
    unset: "250ms",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  GATEWAY_SCHEMAS_TTL: {
    about: "How long the schemas of a gateway's policies and conditions are kept.",
    unset: "1m",
    type: duration,
  },
  FUNCTION_TIMEOUT: {
    about:
      "How long the service of a producer's functions may take for one answer that is not a deployment's.",
    unset: "30s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  DEPLOY_TIMEOUT: {
    about: "How long a deployment of a function may take before it is looked into what became of it.",
    unset: "2m",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  DEPLOY_LIMIT: {
    about: "How many functions are deployed side by side, over all producers.",
    unset: "4",
    type: wholeNumber(1, 1000),
  },
  DEPLOY_QUEUE_LIMIT: {
    about: "Most deployments waiting for one function; more are RATE_LIMITED.",
    unset: "10",
    type: wholeNumber(1, 1000),
  },
  DEPLOYMENT_MEMORY: {
    about: "How many deployments are remembered, over all functions.",
    unset: "10000",
    type: wholeNumber(1, 10_000_000),
  },
  DEPLOYMENT_TTL: {
    about: "How long a deployment is remembered.",
    unset: "12h",
    type: duration.refine((milliseconds) => milliseconds >= 1000, "must be at least 1s"),
  },
  REVISION_MEMORY: {
    about: "How many bytes of documents are kept to merge later writes with, over all projects.",
    unset: "50000000",
    type: wholeNumber(100_000, 10_000_000_000),
  },
  REVISION_TTL: {
    about: "How long Redis keeps a document to merge later writes with.",
    unset: "12h",
    type: duration,
  },
  WRITE_QUEUE_LIMIT: {
    about: "Most writes waiting for one branch of a repository; more are RATE_LIMITED.",
    unset: "20",
    type: wholeNumber(1, 10_000),
  },
  BODY_LIMIT: {
    about: "Largest request body, in bytes.",
    unset: "1000000",
    type: wholeNumber(100, 100_000_000),
  },
  SOCKET_LIMIT: {
    about: "Most WebSockets and event streams of the process at once.",
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
  SOCKET_BUFFER_LIMIT: {
    about: "How many bytes may wait for the reader of a WebSocket before it is cut.",
    unset: "1000000",
    type: wholeNumber(1000, 1_000_000_000),
  },
  SOCKET_INIT_TIMEOUT: {
    about: "How long a WebSocket may take to say who it is.",
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
  PERMISSION_GRACE: {
    about: "How long a subscription goes on while Gitea cannot be asked whether it still may.",
    unset: "5m",
    type: duration,
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
  INTROSPECTION: { about: "Whether the schema may be asked for.", unset: "true", type: yesOrNo },
  EXPLORER: { about: "Whether GraphiQL is served at /.", unset: "true", type: yesOrNo },
  CORS_ORIGINS: {
    about: "Origins whose pages may call the gateway, separated by commas.",
    unset: "",
    type: list(origin),
  },
  SHUTDOWN_DEADLINE: {
    about: "How long running operations may take to finish once the process is asked to stop.",
    unset: "10s",
    type: duration,
  },
  LOG_LEVEL: {
    about: "fatal, error, warn, info, debug, trace or silent.",
    unset: "info",
    type: z.enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "must be fatal, error, warn, info, debug, trace or silent",
    ),
  },
} satisfies Record<string, Variable>;
