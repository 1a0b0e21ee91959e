import { LRUCache } from "lru-cache";
import { boundless } from "../../budget.ts";
import { UpstreamUnavailable } from "../../errors.ts";
import { revisionOf } from "../workspace/merge/canonical.ts";
import type { GatewayAdmin, GatewaySchema } from "./admin.client.ts";
import type { SavedGateway } from "./gateway.address.ts";
import { createPolicyRules, type PolicyRules } from "./policy.rules.ts";
import { areBounded } from "./schema.bounds.ts";

/** What gateways' own schemas say, remembered for a short while. */
export interface SchemasService {
  /** The rules of a gateway that runs; an outage where it cannot be asked. */
  readonly of: (gateway: SavedGateway) => Promise<PolicyRules>;
  /** The same, and undefined where it cannot be asked. */
  readonly ifKnown: (gateway: SavedGateway) => Promise<PolicyRules | undefined>;
}

/** The same gateway, asked for everybody: who asked first may go, and have no more time, before the others. */
const forAll = (gateway: SavedGateway): SavedGateway => {
  const { grant } = gateway;
  return { ...gateway, grant: { ...grant, caller: { ...grant.caller, budget: boundless } } };
};

const rememberedGateways = 1000;
/** Gateways of one version have the same schemas, which are compiled once. */
const rememberedVersions = 20;

export function createSchemasService(admin: GatewayAdmin, { keepMs }: { keepMs: number }): SchemasService {
  const known = new LRUCache<string, Promise<PolicyRules>>({
    max: rememberedGateways,
    ttl: Math.max(keepMs, 1),
  });
  const compiled = new LRUCache<string, PolicyRules>({ max: rememberedVersions });

  const unusable = () => new UpstreamUnavailable("gateway-admin", "its schemas cannot be worked with");

  const rulesOf = (schemas: readonly GatewaySchema[]): PolicyRules => {
    const version = revisionOf(schemas);
    const old = compiled.get(version);
    if (old) return old;
    try {
      if (!areBounded(schemas)) throw unusable();
      const rules = createPolicyRules(schemas);
      compiled.set(version, rules);
      return rules;
    } catch {
      throw unusable();
    }
  };

  const of = async (gateway: SavedGateway): Promise<PolicyRules> => {
    const { grant, dnsPrefix } = gateway;
    const key = `${grant.producer}/${grant.env}/${dnsPrefix}`;
    const asked = known.get(key) ?? admin.schemas(forAll(gateway)).then(rulesOf);
    known.set(key, asked, { noUpdateTTL: true });
    asked.catch(() => known.delete(key));
    return asked;
  };

  return {
    of,
    ifKnown: (gateway) =>
      of(gateway).catch((error: unknown) => {
        if (error instanceof UpstreamUnavailable) return undefined;
        throw error;
      }),
  };
}
