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
  /** Forgets what was read, because it has just been changed. */
  readonly forget: () => void;
}

const keyOf = ({ grant, id }: SavedGateway) => `${grant.producer}/${grant.env} ${id}`;

const sharing = <Read>(read: (gateway: SavedGateway) => Promise<Read>) => {
  const known = new DataLoader<SavedGateway, Read, string>((keys) => Promise.all(keys.map(read)), {
    batch: false,
    cacheKeyFn: keyOf,
  });
  return { read: (gateway: SavedGateway) => known.load(gateway), forget: () => known.clearAll() };
};

export function createGatewayReads({ admin }: Services["gateways"]): GatewayReads {
  const [config, policies, schemas] = [
    sharing(admin.config),
    sharing(admin.policies),
    sharing(admin.schemas),
  ];
  return {
    config: config.read,
    policies: policies.read,
    schemas: schemas.read,
    forget: () => {
      for (const known of [config, policies, schemas]) known.forget();
    },
  };
}
