import { duration, wholeNumber, type Variable } from "./variable-types.ts";

/** How old what is remembered may be, and how long and with how much the services behind the gateway are asked. */
export const patienceVariables = {
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
  OPERATION_TIMEOUT: {
    about:
      "How long a query may take, longer than any service for one answer; what has not answered by then is UPSTREAM_UNAVAILABLE. Mutations are done whole.",
    unset: "30s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
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
    about: "Most connections kept to each service behind the gateway for reads, and as many for writes.",
    unset: "64",
    type: wholeNumber(1, 10_000),
  },
  POD_CONNECTIONS: {
    about: "Most connections kept to each service of a producer's own for reads, and as many for writes.",
    unset: "8",
    type: wholeNumber(1, 1000),
  },
  UPSTREAM_BREAKER_CALLS: {
    about:
      "How many calls in 5 seconds, most of which failed, say that a service is to be left alone for a while.",
    unset: "10",
    type: wholeNumber(1, 1_000_000),
  },
  UPSTREAM_BREAKER_WAIT: {
    about: "For how long about, at first; longer each time it still fails, up to ten times that.",
    unset: "1s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  ETAG_MEMORY: {
    about:
      "How many bytes of answers are kept of services that can say whether those still hold; 0 keeps none.",
    unset: "20000000",
    type: wholeNumber(0, 10_000_000_000),
  },
  WORKSPACE_TIMEOUT: {
    about: "How long a workspace may take for one answer: it commits to git within each write.",
    unset: "20s",
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
    unset: "20s",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  DEPLOY_TIMEOUT: {
    about: "How long a deployment of a function may take before it is looked into what became of it.",
    unset: "2m",
    type: duration.refine((milliseconds) => milliseconds >= 10, "must be at least 10ms"),
  },
  DEPLOY_LIMIT: {
    about:
      "How many functions are deployed side by side, over all producers, where no actualizer deploys them.",
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
  PRESENCE_TTL: {
    about:
      "How long people count as being on a project after their gateway was last heard of; it says so three times as often.",
    unset: "30s",
    type: duration.refine((milliseconds) => milliseconds >= 100, "must be at least 100ms"),
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
  STREAM_SILENCE: {
    about:
      "How long configstore's stream of pushes may say nothing before it is opened anew: it gives a sign of life every 20 seconds.",
    unset: "45s",
    type: duration.refine((milliseconds) => milliseconds >= 100, "must be at least 100ms"),
  },
  STREAM_LIFE: {
    about:
      "After how long a workspace's stream of what it is doing is opened anew: it says nothing while nothing changes.",
    unset: "1m",
    type: duration.refine((milliseconds) => milliseconds >= 100, "must be at least 100ms"),
  },
  WRITE_QUEUE_LIMIT: {
    about: "Most writes waiting for one branch of a repository; more are RATE_LIMITED.",
    unset: "20",
    type: wholeNumber(1, 10_000),
  },
} satisfies Record<string, Variable>;
