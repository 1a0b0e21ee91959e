import { projectFilePath } from "../../src/services/project-file.ts";
import type { GiteaPlatform } from "../../src/sandbox/gitea/gitea.platform.ts";

/** One in so many producers has a gateway. */
export const gatewayEach = 10;

export const producerName = (number: number): string => `p${number}`;
export const hasGateway = (number: number): boolean => number % gatewayEach === 0;

/** What a producer has on the canvas: where the gateway leads tells one saving from the next. */
export function projectFile(number: number, saving: number): string {
  const url = `http://service-${saving}.example`;
  const proxy = { proxy: [{ condition: { name: "always" }, action: { serviceEndpoint: "service-1" } }] };
  const pipelines = [{ id: "pipeline-1", name: "Pipeline", policies: [{ id: "policy-1", ...proxy }] }];
  const project = {
    gateways: hasGateway(number) ? [{ id: "gateway-1", name: "Gateway", pipelines }] : [],
    serviceEndpoints: [{ id: "service-1", name: "Service", urls: [url] }],
    apiEndpoints: [{ id: "endpoint-1", name: "Endpoint", host: "*", paths: ["/*"] }],
    connections: [{ id: "connection-1", fromId: "pipeline-1", toId: "endpoint-1" }],
  };
  const id = `${producerName(number)}-dev`;
  return JSON.stringify({ ids: {}, models: { Project: { [id]: JSON.stringify(project) } } });
}

/** Gives the platform so many producers, as configstore makes them. */
export function addProducers(platform: GiteaPlatform, prefix: string, count: number): void {
  for (let number = 0; number < count; number += 1) {
    const login = `${prefix}-${producerName(number)}`;
    platform.addUser({ login, email: `${login}@customer.example` });
    platform.addRepository(login, "dev", { files: { [projectFilePath]: projectFile(number, 0) } });
    platform.addRepository(login, "functions", { files: { "README.md": "# Functions\n" } });
  }
}
