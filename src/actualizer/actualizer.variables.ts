import { z } from "zod";
import { nameRules } from "../names.ts";
import {
  duration,
  httpAddress,
  list,
  optional,
  wholeNumber,
  yesOrNo,
  type Variable,
} from "../variable-types.ts";

const image = z
  .string()
  .regex(/^[a-z0-9]+(?:[._:/-]+[a-z0-9]+)*$/i, "must be the name of an image, without a version");
const version = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, "must be the tag of an image, such as 1.4.2");
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const host = z
  .string()
  .max(180)
  .refine(
    (text) => text.split(".").every((part) => label.test(part)),
    "must be a host such as customers.example",
  );
const objectName = z.string().regex(label, "must be 1 to 63 lower-case letters, digits and inner dashes");

/** What the actualizer is to deploy, and how it is reached: most of these have the names that they have always had. */
export const actualizerVariables = {
  CUSTOMER_DOMAIN: {
    about: "The domain below which everything that producers run has its hosts.",
    unset: "lunchbadger.io",
    type: host,
  },
  AUTOGATEWAY_ENABLE: {
    about: "Whether each running project is given a gateway that serves its whole API to holders of a key.",
    unset: "false",
    type: yesOrNo,
  },
  INTERNAL_HOSTS: {
    about:
      "Whether what asks nobody who they are (Project API, Workspace API, sls-api, the gateways' administration) has hosts outside the cluster.",
    unset: "true",
    type: yesOrNo,
  },
  LBWS_IMAGE: { about: "The image of workspaces.", unset: "lunchbadger/workspace", type: image },
  LBWS_VERSION: { about: "Its version.", unset: "latest", type: version },
  LBWS_DEBUG_VERSION: {
    about: "Its version for LB_DEBUG_USERS, if that is another.",
    unset: "",
    type: optional(version),
  },
  LBSLS_IMAGE: { about: "The image of sls-api.", unset: "lunchbadger/sls-api", type: image },
  LBSLS_VERSION: { about: "Its version.", unset: "latest", type: version },
  LBSLS_DEBUG_VERSION: {
    about: "Its version for LB_DEBUG_USERS, if that is another.",
    unset: "",
    type: optional(version),
  },
  GATEWAY_IMAGE: { about: "The image of gateways.", unset: "expressgateway/express-gateway", type: image },
  GATEWAY_VERSION: { about: "Its version.", unset: "latest", type: version },
  DEBUG_GATEWAY_VERSION: {
    about: "Its version for LB_DEBUG_USERS, if that is another.",
    unset: "",
    type: optional(version),
  },
  GIT_INIT_IMAGE: {
    about: "The image that clones a repository before a workspace or an sls-api starts.",
    unset: "lunchbadger/git-init",
    type: image,
  },
  GIT_INIT_VERSION: { about: "Its version.", unset: "latest", type: version },
  LB_DEBUG_USERS: {
    about: "The producers that get the debug versions.",
    unset: "",
    type: list(
      z.string().refine(nameRules.ProducerName.accepts, `must be names: ${nameRules.ProducerName.rule}`),
    ),
  },
  IMAGE_PULL_SECRET: {
    about: "The secret that holds the credential for the images, where they need one.",
    unset: "",
    type: optional(objectName),
  },
  GIT_HOST: {
    about: "The host that repositories are cloned from, by SSH.",
    unset: "git.gitea",
    type: host,
  },
  GIT_API_HOST: {
    about: "The host at which whoever clones registers its key.",
    unset: "git-api.default",
    type: host,
  },
  WATCH_URL: {
    about: "Where a workspace hears of pushes, below which /change-stream/<producer> is.",
    unset: "http://configstore.default",
    type: httpAddress,
  },
  REDIS_HOST: {
    about: "The host of the Redis in which gateways keep their callers.",
    unset: "eg-identity-redis.default",
    type: host,
  },
  REDIS_PORT: { about: "Its port.", unset: "6379", type: wholeNumber(1, 65_535) },
  REDIS_PASSWORD_SECRET: {
    about: "The secret that holds its password under the key `password`, where it has one.",
    unset: "",
    type: optional(objectName),
  },
  ADMIN_CROSS_ORIGIN: {
    about: "The origin whose pages may call the administration of gateways, or * for all.",
    unset: "*",
    type: z.string().regex(/^(?:\*|https?:\/\/[^\s/]+)$/, "must be * or an origin"),
  },
  INGRESS_CLASS: {
    about: "The class of the ingresses, where it is not the cluster's usual one.",
    unset: "",
    type: optional(objectName),
  },
  INGRESS_ANNOTATIONS: {
    about:
      "What the ingress controller is to be told about each ingress, such as to leave out the path that a rule names: key=value, separated by commas.",
    unset: "",
    type: list(z.string().regex(/^[A-Za-z0-9./-]{1,317}=.{0,500}$/, "must be such as example.com/key=value")),
  },
  ACTUALIZER_PASS: {
    about: "How often all producers are listed, to find what nobody has told of.",
    unset: "10m",
    type: duration.refine((milliseconds) => milliseconds >= 1000, "must be at least 1s"),
  },
  ACTUALIZER_STREAMS: {
    about:
      "How many producers' pushes are heard of at once, over a connection each to configstore; what others push is found in the next pass. 0 for none.",
    unset: "200",
    type: wholeNumber(0, 10_000),
  },
} satisfies Record<string, Variable>;
