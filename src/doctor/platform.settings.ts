/** A variable that a service of the platform is configured with, and what of ours stands for it. */
export interface PlatformSetting {
  readonly name: string;
  /** Whose it is. */
  readonly of: string;
  /** Ours, which may be the same; none where it is not needed. */
  readonly ours: readonly string[];
  /** What is to be known about taking it over; why it is not needed. */
  readonly note: string;
}

const same = (name: string, of: string, note = "The same, in the same form."): PlatformSetting => ({
  ...{ name, of, note },
  ours: [name],
});

const actualizer = "actualizer";
const pods = "workspaces, sls-api";

/** Every variable of the platform's own; `docs/configuration.md` shows this table. */
export const platformSettings: readonly PlatformSetting[] = [
  same("GIT_API_URL", actualizer),
  same("CONFIGSTORE_URL", actualizer, "The same, without a path: `http://configstore.default`."),
  same("WORKSPACE_API_URL_TEMPLATE", actualizer, "The same: `$PRODUCER` and `$ENV` say whose."),
  same("PROJECT_API_URL_TEMPLATE", "canvas", "The same: `$PRODUCER` and `$ENV` say whose."),
  same("SLS_API_URL_TEMPLATE", actualizer, "The same: `$PRODUCER` and `$ENV` say whose."),
  {
    name: "OPEN_API_URL_TEMPLATE",
    of: actualizer,
    ours: ["OPENAPI_URL_TEMPLATE"],
    note: "The same value under another name.",
  },
  {
    name: "GITEA_HOST",
    of: "git-api",
    ours: ["GITEA_URL"],
    note: "The same value: git-api's has a scheme and a port, too.",
  },
  same("GITEA_TOKEN", "git-api", "Of a site admin in both; better one of its own for each."),
  same("CUSTOMER_DOMAIN", actualizer),
  {
    name: "CUSTOMER_NAMESPACE",
    of: actualizer,
    ours: ["KUBERNETES_NAMESPACE", "PRODUCER_PREFIX"],
    note: "There it is the namespace and the beginning of every producer's login; here those are two.",
  },
  same("AUTOGATEWAY_ENABLE", actualizer, "There anything turns it on, here only `true`."),
  same("LB_DEBUG_USERS", actualizer, "The same: names of producers, separated by commas."),
  same("LBWS_VERSION", actualizer),
  same("LBWS_DEBUG_VERSION", actualizer),
  same("LBSLS_VERSION", actualizer),
  same("LBSLS_DEBUG_VERSION", actualizer),
  same("GATEWAY_IMAGE", actualizer),
  same("GATEWAY_VERSION", actualizer),
  same("DEBUG_GATEWAY_VERSION", actualizer),
  same("GIT_INIT_VERSION", actualizer),
  same("ADMIN_CROSS_ORIGIN", actualizer),
  same("GIT_API_HOST", actualizer),
  same("GIT_HOST", pods, "What the actualizer gives them: the host that repositories are cloned from."),
  {
    name: "GIT_REPO_HOST",
    of: actualizer,
    ours: ["GIT_HOST"],
    note: "The same value under another name.",
  },
  same("REDIS_HOST", actualizer, "Of the Redis of gateways' callers. The gateway's own is `REDIS_URL`."),
  same("REDIS_PORT", actualizer, "Of the same Redis."),
  {
    name: "REDIS_PASSWORD",
    of: actualizer,
    ours: ["REDIS_PASSWORD_SECRET"],
    note: "Put it into a secret of the cluster under the key `password`, and name that.",
  },
  same("WATCH_URL", pods, "Without `/change-stream/<producer>`, which is added for each."),
  {
    name: "SLEEP_TIME",
    of: actualizer,
    ours: ["ACTUALIZER_PASS"],
    note: "What changes is told, so that all are listed far less often: leave it unset.",
  },
  {
    name: "LB_TARGET_NAMESPACE",
    of: "sls-api",
    ours: ["KUBERNETES_NAMESPACE"],
    note: "The actualizer gives it to each sls-api.",
  },
  ...["LB_ENV", "LB_PRODUCER", "GIT_URL", "GIT_REPO_URL", "GIT_KEY_TYPE"].map((name) => ({
    ...{ name, of: pods, ours: [] },
    note: "The actualizer gives it to each.",
  })),
  ...["EG_CONFIG_DIR", "EG_NAMESPACE"].map((name) => ({
    ...{ name, of: "gateways", ours: [] },
    note: "The actualizer gives it to each.",
  })),
  {
    name: "TRITON_OBJECT_STORE_ENABLED",
    of: actualizer,
    ours: [],
    note: "That object store is not mounted into workspaces any more.",
  },
];
