import { BadUserInput, NotFound } from "../../errors.ts";
import type { ProjectGrant } from "../../permissions/grant.ts";
import type { ConsumersService } from "../gateways/consumers/consumers.service.ts";
import type { StoredApp } from "../gateways/consumers/consumer.shapes.ts";
import { autoGatewayOf, type SavedGateway, type WritableGateway } from "../gateways/gateway.address.ts";
import { autoGatewayScope } from "./auto-gateway.names.ts";

/** A key to the gateway of a project's whole API, without its secret. */
export interface GatewayKey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date | undefined;
  readonly isActive: boolean;
}

/** A key just made. The secret is told this once: nobody can ask for it again. */
export interface NewGatewayKey {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
}

/** Keys to the gateways of whole APIs, as those gateways keep them themselves. */
export interface AutoGatewayKeys {
  readonly all: (grant: ProjectGrant) => Promise<readonly GatewayKey[]>;
  readonly create: (grant: ProjectGrant<"write">, name: string) => Promise<NewGatewayKey>;
  /** Keys cannot be deleted at a gateway, only switched off. */
  readonly revoke: (grant: ProjectGrant<"write">, id: string) => Promise<void>;
}

/** Each is asked for by itself when they are listed. */
const mostKeys = 50;

const kind = "key-auth";

/** Whose the keys of an environment are: each is an application of this user's, called as the key is. */
const ownerName = ({ producer, env }: ProjectGrant) => `auto-${producer}-${env}`;

const refused = (message: string) => new BadUserInput([{ field: "input.name", message }]);

export function createAutoGatewayKeys(
  consumers: Pick<ConsumersService, "user" | "apps" | "createUser" | "createApp" | "scopes" | "credentials">,
): AutoGatewayKeys {
  const { credentials } = consumers;

  const keysOf = async (gateway: SavedGateway, { id, name }: StoredApp): Promise<readonly GatewayKey[]> => {
    const found = await credentials.of(gateway, id);
    return found.filter(({ type }) => type === kind).map((each) => ({ ...each, name }));
  };

  const appsOf = async (gateway: SavedGateway): Promise<readonly StoredApp[]> => {
    const owner = await consumers.user(gateway, ownerName(gateway.grant));
    if (!owner) return [];
    return (await consumers.apps(gateway)).filter(({ userId }) => userId === owner.id);
  };

  const all = async (gateway: SavedGateway) => {
    const apps = await appsOf(gateway);
    return (await Promise.all(apps.map((app) => keysOf(gateway, app)))).flat();
  };

  /** Somebody else may make the same owner at the same moment. */
  const owned = async (gateway: WritableGateway): Promise<string> => {
    const { producer, env } = gateway.grant;
    const username = ownerName(gateway.grant);
    if (await consumers.user(gateway, username)) return username;
    try {
      await consumers.createUser(gateway, { username, firstname: producer, lastname: env });
    } catch (error) {
      if (!(await consumers.user(gateway, username))) throw error;
    }
    return username;
  };

  /** What was begun and not finished before, or was revoked since, is used again. */
  const appFor = async (gateway: WritableGateway, user: string, name: string): Promise<StoredApp> => {
    const apps = await appsOf(gateway);
    const there = apps.find((each) => each.name === name);
    if (!there) {
      if (apps.length >= mostKeys) throw refused(`there are at most ${mostKeys} keys`);
      return consumers.createApp(gateway, { user, name });
    }
    const isUsed = (await keysOf(gateway, there)).some(({ isActive }) => isActive);
    if (isUsed) throw refused("there is a key of this name");
    return there;
  };

  return {
    all: (grant) => all(autoGatewayOf(grant)),

    create: async (grant, name) => {
      const gateway = autoGatewayOf(grant);
      const user = await owned(gateway);
      await consumers.scopes.add(gateway, autoGatewayScope);
      const app = await appFor(gateway, user, name);
      const { id, secret } = await credentials.create(gateway, app.id, kind, [autoGatewayScope]);
      return { id, name, secret };
    },

    revoke: async (grant, id) => {
      const gateway = autoGatewayOf(grant);
      const found = (await all(gateway)).find((each) => each.id === id);
      if (!found) throw new NotFound("key");
      await credentials.setActive(gateway, { kind, id }, false);
    },
  };
}
