import { parse } from "yaml";
import { gatewayFiles } from "../../src/actualizer/gateway/gateway.files.ts";
import type { GatewayResource } from "../../src/actualizer/resources/gateway.resource.ts";

/** What the tests read of a gateway's configuration. */
export interface Configuration {
  readonly policies: readonly string[];
  readonly apiEndpoints: Readonly<Record<string, { readonly host: string }>>;
  readonly serviceEndpoints: Readonly<Record<string, Record<string, unknown>>>;
  readonly pipelines: Readonly<Record<string, { readonly policies: readonly Record<string, unknown>[] }>>;
}

/** A gateway's configuration, as the gateway reads it. */
export const read = ({ spec }: GatewayResource) =>
  parse(gatewayFiles(spec, false)["gateway.config.yml"] ?? "") as Configuration;

/** The one gateway that there is. */
export function only(resources: readonly GatewayResource[]): GatewayResource {
  const [gateway] = resources;
  if (!gateway) throw new Error("there is no gateway");
  return gateway;
}

/** A gateway with one pipeline of those policies. */
export const withPolicies = (policies: readonly unknown[], more: object = {}) => ({
  gateways: [{ id: "g", name: "Gate", pipelines: [{ id: "p", name: "P", policies }], ...more }],
});

/** A policy that leads somewhere. */
export const proxyTo = (serviceEndpoint: string) => ({ proxy: [{ action: { serviceEndpoint } }] });
