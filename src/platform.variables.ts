import { z } from "zod";
import { nameRules } from "./names.ts";
import {
  addressTemplate,
  gatewayAddressTemplate,
  httpAddress,
  list,
  optional,
  redisAddress,
  yesOrNo,
  type Variable,
} from "./variable-types.ts";

/** Where the platform is, and how things are called on it. */
export const platformVariables = {
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
  GITEA_WEBHOOK_SECRET: {
    about:
      "What Gitea signs its webhooks to /webhooks/gitea with; several, separated by commas, while it is being replaced. Without one none are taken.",
    unset: "",
    type: list(z.string().min(8, "must be words of at least 8 characters")),
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
    unset: "http://sls-api-$PRODUCER-$ENV.customer:80",
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
    about:
      "A Redis that several gateways share for locks, revisions, deployments, events and presence; each keeps its own without it.",
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
  PLATFORM_COMMITTERS: {
    about: "The e-mail addresses that the platform itself commits with, for who has saved something.",
    unset: "sls-bot@lunchbadger.com,support@lunchbadger.com",
    type: list(z.string().toLowerCase()),
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
  ENVIRONMENT_SECRET: {
    about:
      "What the marks of environments that were made are signed with; several, separated by commas, while it is being replaced: the first signs, all hold. The same for the gateway and the actualizer. Unset, it follows from GITEA_TOKEN: both then need the same, and replacing that token unmarks all such environments, so set it.",
    unset: "",
    type: list(z.string().min(16, "must be words of at least 16 characters")),
  },
  FUNCTIONS_REPOSITORY: {
    about: "The repository that holds a producer's functions.",
    unset: "functions",
    type: z
      .string()
      .refine(nameRules.RepositoryName.accepts, `must be a name: ${nameRules.RepositoryName.rule}`),
  },
} satisfies Record<string, Variable>;
