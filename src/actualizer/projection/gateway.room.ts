import { filesBytes } from "../gateway/files.size.ts";
import type { GatewayResource } from "../resources/gateway.resource.ts";
import { mostOf } from "./project.bounds.ts";

const tooLarge = (name: string) =>
  `the configuration of the gateway ${name} is larger than the cluster keeps`;

/** Why there is no room. */
export const tooMuch =
  "the configurations of all gateways together are larger than those of a project may be";

/** The room that an environment's gateways have together. */
export interface GatewayRoom {
  /** Takes a gateway in, or says why not. Once there is no room for one, there is none for any after it. */
  readonly refuse: (gateway: GatewayResource) => string | undefined;
  readonly isLeft: () => boolean;
}

export function createGatewayRoom(): GatewayRoom {
  let leftBytes: number = mostOf.allFilesBytes;
  return {
    refuse: ({ spec }) => {
      if (Buffer.byteLength(JSON.stringify(spec)) > mostOf.configurationBytes) return tooLarge(spec.name);
      const bytes = filesBytes(spec, mostOf.filesBytes);
      if (bytes > mostOf.filesBytes) return tooLarge(spec.name);
      leftBytes -= bytes;
      return leftBytes < 0 ? tooMuch : undefined;
    },
    isLeft: () => leftBytes >= 0,
  };
}
