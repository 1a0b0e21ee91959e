import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describe, expect, test } from "vitest";
import { ownVariables } from "../../src/actualizer/actualizer.config.ts";
import { ConfigurationError, readConfig } from "../../src/config.ts";
import { variables } from "../../src/variables.ts";

const platform = {
  GITEA_URL: "https://gitea.example",
  GITEA_TOKEN: "secret",
  GIT_API_URL: "http://git-api:3000",
  CONFIGSTORE_URL: "http://configstore:3002/",
};

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test("nothing needs to be set: the sandbox stands in for the platform, on this machine only", () => {
  const config = readConfig({});
  expect(config).toMatchObject({ HOST: "127.0.0.1", PORT: 4000, upstreams: undefined });
});

test("an empty value is the same as none", () => {
  const empty = Object.fromEntries(Object.keys(variables).map((name) => [name, ""]));
  expect(readConfig(empty)).toEqual(readConfig({}));
});

test(".env.example lists exactly the variables, at their values when unset", () => {
  const example = parseEnv(readFileSync(new URL("../../.env.example", import.meta.url), "utf8"));
  const unset = Object.fromEntries(
    Object.entries({ ...variables, ...ownVariables }).map(([name, variable]) => [name, variable.unset]),
  );
  expect(example).toEqual(unset);
  expect(readConfig(example)).toEqual(readConfig({}));
});

test("everything that is wrong is listed at once, each by its variable's name", () => {
  const problems = problemsOf({
    PORT: "70000",
    PERMISSION_TTL: "10",
    INTROSPECTION: "yes",
    CORS_ORIGINS: "https://canvas.example/,*",
    LOG_LEVEL: "loud",
    GITEA_URL: "ftp://gitea",
  });
  const named = problems.map((problem) => problem.split(":", 1)[0]);
  expect(named).toEqual([
    ...["PORT", "GITEA_URL", "PERMISSION_TTL", "INTROSPECTION", "CORS_ORIGINS", "LOG_LEVEL"],
    ...["GITEA_TOKEN", "GIT_API_URL", "CONFIGSTORE_URL"],
  ]);
});

const at = (service: string, port: string) => `http://${service}-$PRODUCER-$ENV.customer:${port}`;

/** Where each producer's services are on the platform, unless told otherwise. */
const templates = {
  projectApi: at("workspace", "80/api"),
  workspaceApi: at("workspace", "81/api"),
  openApi: at("workspace", "3000/explorer/swagger.json"),
  slsApi: at("sls-api", "80"),
  gatewayAdmin: readConfig({}).GATEWAY_ADMIN_URL_TEMPLATE,
};

test("a real platform takes all of its addresses; a slash at their end means nothing", () => {
  expect(readConfig(platform).upstreams).toEqual({
    gitea: "https://gitea.example",
    giteaToken: "secret",
    gitApi: "http://git-api:3000",
    configstore: "http://configstore:3002",
    ...templates,
  });
});

test("each producer's services are where the templates say", () => {
  const template = "https://$PRODUCER.example/$ENV/api";
  const { upstreams } = readConfig({ ...platform, WORKSPACE_API_URL_TEMPLATE: `${template}/` });
  expect(upstreams).toMatchObject({ ...templates, workspaceApi: template });
});

test.each(Object.keys(platform) as (keyof typeof platform)[])(
  "a platform half configured is no platform and no sandbox: without %s it is named",
  (name) => {
    const { [name]: _left, ...rest } = platform;
    expect(problemsOf(rest)).toEqual([
      expect.stringMatching(new RegExp(`^${name}: must be set when any of `)),
    ]);
    const others = Object.keys(platform).filter((other) => other !== name);
    expect(problemsOf({ [name]: platform[name] }).map((problem) => problem.split(":", 1)[0])).toEqual(others);
  },
);

test.each([
  ["ENVIRONMENTS", "test", "must name dev, and each environment once"],
  ["ENVIRONMENTS", "dev,dev", "must name dev, and each environment once"],
  ["FUNCTIONS_REPOSITORY", "dev", "must not be an environment's repository as well"],
  ["UPSTREAM_TIMEOUT", "0s", "must be at least 10ms"],
  ["WORKSPACE_TIMEOUT", "30s", "must be shorter than OPERATION_TIMEOUT"],
  ["GIT_API_URL", "http://git-api/#a", "must not hold credentials, a query or a fragment"],
  ["GIT_API_URL", "http://:secret@git-api", "must not hold credentials, a query or a fragment"],
])("%s may not be %s, which could not work", (name, value, problem) => {
  expect(problemsOf({ ...platform, [name]: value })).toEqual([`${name}: ${problem}`]);
});

test("a token in an address is refused, and not repeated", () => {
  const problems = problemsOf({ ...platform, GITEA_URL: "https://admin:hunter2@gitea.example" });
  expect(problems).toEqual(["GITEA_URL: must not hold credentials, a query or a fragment"]);
});

describe("the sandbox, whose tokens everybody knows", () => {
  test.each(["0.0.0.0", "::", "192.168.1.20", "sett.example"])(
    "is not shown to other machines on %s",
    (HOST) => {
      expect(problemsOf({ HOST })).toEqual([expect.stringMatching(/^HOST: .*SANDBOX_EXPOSED=true/)]);
      expect(problemsOf({ HOST, SANDBOX_EXPOSED: "false" })).toHaveLength(1);
    },
  );

  test("is shown to other machines when that is asked for", () => {
    expect(problemsOf({ HOST: "0.0.0.0", SANDBOX_EXPOSED: "true" })).toEqual([]);
  });

  test.each(["127.0.0.1", "::1", "localhost"])("is shown to this machine on %s", (HOST) => {
    expect(problemsOf({ HOST })).toEqual([]);
  });

  test("is not there with a real platform, which may be shown anywhere", () => {
    expect(problemsOf({ ...platform, HOST: "0.0.0.0" })).toEqual([]);
  });
});

test.each([
  ["250ms", 250],
  ["10s", 10_000],
  ["1m", 60_000],
  ["1440m", 86_400_000],
  ["24h", 86_400_000],
])("%s is a duration of %i milliseconds", (text, milliseconds) => {
  expect(readConfig({ VIEWER_TTL: text }).VIEWER_TTL).toBe(milliseconds);
});

const refused: [string, string[]][] = [
  ["VIEWER_TTL", ["10", "-1s", "25h", "1.5s", "s", "10 s", "1441m", "9".repeat(400) + "ms"]],
  ["PORT", ["-1", "65536", "4000.5", "0x10", "1e3", " 80", "http"]],
  ["DEPTH_LIMIT", ["0", "1001", "many"]],
  ["EXPLORER", ["1", "TRUE", "on"]],
  [
    "CORS_ORIGINS",
    ["*", "null", "https://a.example/", "a.example", "https://a.example,https://b.example/path"],
  ],
  ["ENVIRONMENTS", [",", "Dev", "dev/../x", "dev,pro duction"]],
  ["PRODUCER_PREFIX", ["Customer", "a-b", "1customer", "customers1x"]],
  ["FUNCTIONS_REPOSITORY", ["..", "a/b", "x.git"]],
  ["LOG_LEVEL", ["verbose", "INFO"]],
  [
    "PROJECT_API_URL_TEMPLATE",
    [
      "http://workspace",
      "http://$PRODUCER",
      "ftp://$PRODUCER-$ENV",
      "http://u:p@$PRODUCER-$ENV",
      "$PRODUCER-$ENV",
    ],
  ],
  ["REDIS_URL", ["localhost:6379", "http://redis"]],
  [
    "OIDC_ISSUER",
    ["issuer.example", "ftp://issuer.example", "https://a:b@issuer.example", "https://i.example/?a"],
  ],
  ["OIDC_AUDIENCE", ["canvas two", "canvas,b\u00e4r"]],
  ["OIDC_LOGIN_TEMPLATE", ["customer", "$CLAIM$CLAIM", "a/$CLAIM", "$claim"]],
  ["OIDC_EMAIL_DOMAINS", ["@example.org", "*.example.org", "example..org"]],
  ["OIDC_CLOCK_SKEW", ["30", "6m"]],
];

test.each(refused.flatMap(([name, values]) => values.map((value) => [name, value] as const)))(
  "%s may not be %j",
  (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: must `))]);
  },
);

test("an issuer is who it says it is to the letter, and somebody has to be its audience", () => {
  const issuer = { OIDC_ISSUER: "https://issuer.example/realm/", OIDC_AUDIENCE: "canvas, board" };
  expect(readConfig({ ...platform, ...issuer }).upstreams?.oidc).toEqual({
    issuer: "https://issuer.example/realm/",
    audience: ["canvas", "board"],
    jwksUrl: undefined,
  });
  expect(readConfig(platform).upstreams?.oidc).toBeUndefined();
  expect(problemsOf({ ...platform, ...issuer, OIDC_AUDIENCE: "" })).toEqual([
    "OIDC_AUDIENCE: must be set when OIDC_ISSUER is",
  ]);
  expect(problemsOf({ ...platform, OIDC_AUDIENCE: "canvas", OIDC_JWKS_URL: "https://a.example" })).toEqual([
    "OIDC_AUDIENCE: means nothing without OIDC_ISSUER",
    "OIDC_JWKS_URL: means nothing without OIDC_ISSUER",
  ]);
  expect(problemsOf({ ...platform, ...issuer, OIDC_LOGIN_CLAIM: "email" })).toEqual([
    "OIDC_EMAIL_DOMAINS: must be set when OIDC_LOGIN_CLAIM is email",
  ]);
});

test("lists may have spaces and empty places", () => {
  const { CORS_ORIGINS, ENVIRONMENTS } = readConfig({
    CORS_ORIGINS: " https://a.example , ,http://localhost:3000,",
    ENVIRONMENTS: "dev, production",
  });
  expect(CORS_ORIGINS).toEqual(["https://a.example", "http://localhost:3000"]);
  expect(ENVIRONMENTS).toEqual(["dev", "production"]);
});

describe("signing in with a browser", () => {
  const whole = {
    ...platform,
    GITEA_OAUTH_CLIENT_ID: "sett",
    GITEA_OAUTH_CLIENT_SECRET: "secret",
    PUBLIC_URL: "https://sett.example",
    SESSION_SECRET: "0123456789abcdef0123456789abcdef",
  };
  const named = (environment: NodeJS.ProcessEnv) =>
    problemsOf(environment).map((problem) => problem.split(":", 1)[0]);

  test("is at Gitea, and for thirty days unless told otherwise", () => {
    const { upstreams, SESSION_LIFETIME } = readConfig(whole);
    expect(upstreams?.oauth).toEqual({
      ...{ issuer: "https://gitea.example", clientId: "sett", clientSecret: "secret" },
    });
    expect(SESSION_LIFETIME).toBe(30 * 24 * 3_600_000);
    const issuer = "https://git.example/gitea";
    expect(readConfig({ ...whole, GITEA_OAUTH_ISSUER: issuer }).upstreams?.oauth?.issuer).toBe(issuer);
    expect(readConfig(platform).upstreams?.oauth).toBeUndefined();
  });

  test.each(["GITEA_OAUTH_CLIENT_SECRET", "PUBLIC_URL", "SESSION_SECRET"])("needs %s", (name) => {
    expect(named({ ...whole, [name]: "" })).toEqual([name]);
  });

  test.each([
    ["SESSION_SECRET", "too-short"],
    ["SESSION_SECRET", "0123456789abcdef0123456789abcdef,short"],
    ["PUBLIC_URL", "https://sett.example/path"],
    ["PUBLIC_URL", "sett.example"],
    ["SESSION_LIFETIME", "91d"],
    ["SESSION_LIFETIME", "1y"],
    ["GITEA_OAUTH_ISSUER", "gitea"],
  ])("does not start with %s=%s", (name, value) => {
    expect(named({ ...whole, [name]: value })).toContain(name);
  });

  test("is not half configured, and not on the sandbox, which has a client of its own", () => {
    const { GITEA_OAUTH_CLIENT_ID: _id, ...rest } = whole;
    expect(named(rest)).toEqual(["GITEA_OAUTH_CLIENT_SECRET"]);
    expect(named({ GITEA_OAUTH_CLIENT_ID: "sett" })).toEqual(["GITEA_OAUTH_CLIENT_ID"]);
  });
});
