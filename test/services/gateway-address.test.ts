import { expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { addressFrom } from "../../src/address-template.ts";
import type { SavedGateway } from "../../src/services/gateways/gateway.address.ts";
import type { GatewayUpstream } from "../../src/services/gateways/gateway.upstream.ts";

declare const upstream: GatewayUpstream;
declare const gateway: SavedGateway;

/** Compiled, never run: the compiler lets nobody choose a host. */
export const calls = {
  allowed: () => upstream.call(gateway, { method: "GET", path: ["pipelines"] }),
  // @ts-expect-error -- only a gateway of a saved project leads to an address
  forged: () => upstream.call({ ...{ id: "g", dnsPrefix: "evil" } }, { method: "GET", path: ["pipelines"] }),
};

test("on a cluster a gateway's administration is asked at its own service", () => {
  const { GATEWAY_ADMIN_URL_TEMPLATE: template } = readConfig({});
  expect(addressFrom(template, "demo", "dev", "main")).toBe("http://gateway-demo-dev-main.customer:9876");
});

test("a template that does not say which gateway is refused at the start", () => {
  const environment = { GATEWAY_ADMIN_URL_TEMPLATE: "http://gateway-$PRODUCER-$ENV:9876" };
  expect(() => readConfig(environment)).toThrow("GATEWAY_ADMIN_URL_TEMPLATE: must say where $GATEWAY stands");
});
