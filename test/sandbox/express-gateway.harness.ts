import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import type { GatewayTiming } from "../../src/sandbox/express-gateway/gateway.timing.ts";

/** What an admin API answered. */
export interface AdminAnswer {
  status: number;
  body: unknown;
}

/** Long enough for nothing to be served before it is told to be. */
export const stale = { staleMs: 600_000 };

/** Starts a platform whose workspaces lose no time. */
export function startPlatform(
  gatewayTiming: Partial<GatewayTiming> = {},
  { damage = true } = {},
): Promise<Sandbox> {
  return startSandbox({
    PRODUCER_PREFIX: "customer",
    ENVIRONMENTS: ["dev"],
    FUNCTIONS_REPOSITORY: "functions",
    gatewayTiming: { overlapMs: 0, ...gatewayTiming },
    workspaceTiming: { readMs: 0, overlapMs: 0, writeMs: 0, tornMs: 0 },
    damage,
  });
}

/** Where the admin API of a gateway is. */
export function adminAddress({ addresses }: Sandbox, gateway: string, producer: string): string {
  return addresses.gatewayAdmin
    .replace("$GATEWAY", gateway)
    .replace("$PRODUCER", producer)
    .replace("$ENV", "dev");
}

/** Asks an admin API: `METHOD /path`, below its address. */
export async function askAdmin(address: string, request: string, body?: unknown): Promise<AdminAnswer> {
  const [method = "GET", path = ""] = request.split(" ");
  const response = await fetch(`${address}${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
}
