import type { Config, UpstreamAddresses } from "../config.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import { giteaToken, type IdentityStrategy } from "./identity.ts";
import { createIdTokens } from "./oidc/id-token.strategy.ts";

interface Means {
  readonly config: Config;
  readonly addresses: UpstreamAddresses;
  readonly services: Pick<Services, "issuer">;
  readonly log: Log;
}

/** The ways in which one can say who one is at this gateway, in the order in which they are tried. */
export function identityStrategies({ config, addresses, services, log }: Means): readonly IdentityStrategy[] {
  const { oidc } = addresses;
  const { issuer } = services;
  return [...(oidc && issuer ? [createIdTokens({ oidc, rules: config, issuer, log })] : []), giteaToken];
}
