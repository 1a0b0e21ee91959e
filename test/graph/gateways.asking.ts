import type { GatewayTiming } from "../../src/sandbox/express-gateway/gateway.timing.ts";
import { ApplyGatewayDocument, SaveGatewayDocument } from "../generated/operations.ts";
import type { PersonName, Sett } from "../support/sett.ts";
import { seeded } from "./seeded.data.ts";

export const project = { producer: "demo" };

/** demo's gateway, as it runs on the sandbox. */
export const running = (sett: Sett) => sett.sandbox.gateways.of("gateway", "demo", "dev");

/** What is stored there in the parts of its configuration, without the platform's own. */
export function storedOf(sett: Sett) {
  const { pipelines, apiEndpoints, serviceEndpoints } = running(sett).stored();
  const own = ({ admin: _admin, ...rest }: Record<string, unknown>) => rest;
  return {
    pipelines: own(pipelines),
    apiEndpoints: own(apiEndpoints),
    serviceEndpoints: own(serviceEndpoints),
  };
}

export const apply = (sett: Sett, person: PersonName, more: { dryRun?: boolean } = {}) =>
  sett.as(person).ask(ApplyGatewayDocument, { input: { project, gateway: seeded.gateway, ...more } });

/** The second pipeline of demo's gateway. */
export const weather = "bbbbbbbb-0000-4000-8000-000000000002";

/** Saves demo's gateway with these policies in place of all others. */
export const savePolicies = (
  sett: Sett,
  policies: { name: string; steps: { condition: unknown; action?: unknown }[] }[],
) =>
  sett.as("al").ask(SaveGatewayDocument, {
    input: {
      project,
      gateway: {
        id: seeded.gateway,
        pipelines: [
          { id: seeded.pipeline, name: "Cars", policies },
          { id: weather, name: "Weather", policies: [] },
        ],
      },
    },
  });

export const always = { name: "always" };

/** A gateway that serves what was written to it after a while that can be seen. */
export const slow: Partial<GatewayTiming> = { staleMs: 200 };
