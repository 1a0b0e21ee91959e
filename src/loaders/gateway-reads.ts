import DataLoader from "dataloader";
import type { SavedGateway } from "../services/gateways/gateway.address.ts";
import type { RunningConfig } from "../services/gateways/running.config.ts";
import type { GatewaySchema } from "../services/gateways/admin.client.ts";
import type { Services } from "../services/services.ts";

/** What one request reads of gateways that run, each thing once. */
export interface GatewayReads {
  readonly config: (gateway: SavedGateway) => Promise<RunningConfig>;
  readonly policies: (gateway: SavedGateway) => Promise<readonly string[]>;
  readonly schemas: (gateway: SavedGateway) => Promise<readonly GatewaySchema[]>;
}

const keyOf = ({ grant, id }: SavedGateway) => `${grant.producer}/${grant.env} ${id}`;

const sharing = <Read>(read: (gateway: SavedGateway) => Promise<Read>) => {
  const known = new DataLoader<SavedGateway, Read, string>((keys) => Promise.all(keys.map(read)), {
    batch: false,
    cacheKeyFn: keyOf,
  });
  return (gateway: SavedGateway) => known.load(gateway);
};

export function createGatewayReads({ admin }: Services["gateways"]): GatewayReads {
  return {
    config: sharing(admin.config),
    policies: sharing(admin.policies),
    schemas: sharing(admin.schemas),
  };
}
