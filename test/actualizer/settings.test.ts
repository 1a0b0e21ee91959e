import { expect, test } from "vitest";
import { actualizerVariables } from "../../src/actualizer/actualizer.variables.ts";
import { imageOf } from "../../src/actualizer/settings.ts";
import { variables } from "../../src/variables.ts";
import { settingsWith } from "./actualizer.source.ts";

test("no variable of the actualizer's is one of the gateway's", () => {
  expect(Object.keys(actualizerVariables).filter((name) => Object.hasOwn(variables, name))).toEqual([]);
});

test("with nothing set, everything runs as it always has", () => {
  const settings = settingsWith();
  expect(settings).toMatchObject({
    domain: "lunchbadger.io",
    autoGateway: false,
    internalHosts: true,
    debugProducers: [],
    pullSecret: undefined,
    redis: { host: "eg-identity-redis.default", port: 6379, passwordSecret: undefined },
    ingress: { className: undefined, annotations: {} },
  });
  expect(imageOf(settings, "gateway", "demo")).toBe("expressgateway/express-gateway:latest");
});

test.each<[keyof typeof actualizerVariables, string]>([
  ["CUSTOMER_DOMAIN", "Customers.example"],
  ["CUSTOMER_DOMAIN", "customers..example"],
  ["CUSTOMER_DOMAIN", `${"a".repeat(64)}.example`],
  ["GATEWAY_IMAGE", "express gateway"],
  ["GATEWAY_IMAGE", "--privileged"],
  ["GATEWAY_VERSION", "1:2"],
  ["LB_DEBUG_USERS", "demo,../x"],
  ["REDIS_PORT", "70000"],
  ["REDIS_PASSWORD_SECRET", "Not_A_Name"],
  ["GIT_HOST", "git.gitea:22 -oProxyCommand=x"],
  ["ADMIN_CROSS_ORIGIN", "everybody"],
  ["INGRESS_ANNOTATIONS", "no value"],
  ["WATCH_URL", "configstore.default"],
])("%s is not %j", (name, value) => {
  expect(actualizerVariables[name].type.safeParse(value).success).toBe(false);
});
