import { UpstreamUnavailable } from "../../errors.ts";
import type { ProjectGrant } from "../../permissions/grant.ts";
import { textsOf } from "../workspace/document/document.reader.ts";
import { autoGatewayOf } from "../gateways/gateway.address.ts";
import type { GatewaysService } from "../gateways/gateways.service.ts";
import { autoGatewayEntry } from "./auto-gateway.names.ts";
import { createAutoGatewayKeys, type AutoGatewayKeys } from "./auto-gateway.keys.ts";

/** The gateway of a project's whole API as it runs. */
export interface RunningAutoGateway {
  /** Where it is reached from outside. */
  readonly host: string | undefined;
  /** How many paths it serves. */
  readonly pathsCount: number;
}

/** Everything that can be asked of the gateways that the platform makes of projects' APIs. */
export interface AutoGatewayService {
  /** Undefined while it does not answer. */
  readonly running: (grant: ProjectGrant) => Promise<RunningAutoGateway | undefined>;
  readonly keys: AutoGatewayKeys;
}

export function createAutoGatewayService({
  admin,
  consumers,
}: Pick<GatewaysService, "admin" | "consumers">): AutoGatewayService {
  return {
    running: async (grant) => {
      try {
        const { apiEndpoint, ownHost } = await admin.config(autoGatewayOf(grant));
        const own = [...apiEndpoint].filter(([name]) => name.split("-")[0] === autoGatewayEntry);
        const paths = own.flatMap(([, { paths: all }]) => textsOf(all) ?? []);
        return { host: ownHost === "*" ? undefined : ownHost, pathsCount: new Set(paths).size };
      } catch (error) {
        if (error instanceof UpstreamUnavailable) return undefined;
        throw error;
      }
    },
    keys: createAutoGatewayKeys(consumers),
  };
}
