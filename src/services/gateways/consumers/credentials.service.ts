import { BadUserInput, NotFound, UpstreamUnavailable } from "../../../errors.ts";
import type { SavedGateway, WritableGateway } from "../gateway.address.ts";
import {
  credentialShape,
  credentialsShape,
  newCredentialShape,
  type StoredCredential,
} from "./consumer.shapes.ts";
import type { ConsumersClient } from "./consumers.client.ts";
import type { InTurn } from "./scopes.service.ts";
import { written } from "./sure.write.ts";

/** The kinds of credentials, by the names they have at the gateway. */
export type CredentialKind = "key-auth" | "basic-auth" | "oauth2" | "jwt";

/** Which credential: the id is its consumer's for the kinds that each consumer has one of. */
export interface CredentialName {
  readonly kind: CredentialKind;
  readonly id: string;
}

/** A credential just made. The secret is told this once: nobody can ask for it again here. */
export interface NewCredential extends CredentialName {
  readonly secret: string;
}

/** What the callers of gateways show. Credentials cannot be deleted, only switched off. */
export interface CredentialsService {
  readonly of: (gateway: SavedGateway, consumer: string) => Promise<readonly StoredCredential[]>;
  readonly create: (
    gateway: WritableGateway,
    consumer: string,
    kind: CredentialKind,
    scopes: readonly string[],
  ) => Promise<NewCredential>;
  readonly setActive: (gateway: WritableGateway, name: CredentialName, isActive: boolean) => Promise<void>;
  /** Replaces the scopes of a credential. */
  readonly setScopes: (
    gateway: WritableGateway,
    name: CredentialName,
    scopes: readonly string[],
  ) => Promise<void>;
  readonly addScope: (gateway: WritableGateway, name: CredentialName, scope: string) => Promise<void>;
  readonly removeScope: (gateway: WritableGateway, name: CredentialName, scope: string) => Promise<void>;
}

interface Means {
  readonly client: ConsumersClient;
  readonly inTurn: InTurn;
  /** The scopes that there are. */
  readonly scopes: (gateway: SavedGateway) => Promise<readonly string[]>;
}

const noun = "credential";

const hasPassword = (kind: CredentialKind) => kind === "basic-auth" || kind === "oauth2";

const isSameList = (one: readonly string[], other: readonly string[]) =>
  [...one].sort().join(" ") === [...other].sort().join(" ");

export function createCredentialsService({ client, inTurn, scopes: all }: Means): CredentialsService {
  const known = async (gateway: SavedGateway, { kind, id }: CredentialName) => {
    const found = await client.read(gateway, ["credentials", kind, id], credentialShape.nullable());
    if (!found) throw new NotFound(noun);
    return found;
  };
  const of = async (gateway: SavedGateway, consumer: string) => {
    const found = await client.read(gateway, ["credentials", consumer], credentialsShape);
    if (!found) throw new NotFound("consumer");
    return found.credentials;
  };

  /** The service would take scopes that do not exist. */
  const checkScopes = async (gateway: SavedGateway, scopes: readonly string[]) => {
    if (scopes.length === 0) return;
    const there = await all(gateway);
    const problems = scopes.flatMap((scope, index) =>
      there.includes(scope)
        ? []
        : [{ field: `input.scopes.${index}`, message: `the gateway has no scope ${scope}` }],
    );
    if (problems.length > 0) throw new BadUserInput(problems);
  };

  const switched = (gateway: WritableGateway, name: CredentialName, isActive: boolean) => {
    const path = ["credentials", name.kind, name.id, "status"];
    return written(
      () => client.write(gateway, { method: "PUT", path, body: { status: isActive }, noun }),
      async () => ((await known(gateway, name)).isActive === isActive ? true : undefined),
    );
  };

  /**
   * What was made without being told of: nobody will ever know its secret, so it is switched off. It is that which was
   * not there before.
   */
  const withdraw = async (
    gateway: WritableGateway,
    consumer: string,
    kind: CredentialKind,
    before: readonly StoredCredential[],
  ) => {
    const now = await of(gateway, consumer);
    const isNew = ({ type, id }: StoredCredential) =>
      type === kind && !before.some((each) => each.type === type && each.id === id && each.isActive);
    const made = now.filter((each) => each.isActive && isNew(each));
    for (const { id } of made) await switched(gateway, { kind, id }, false);
  };

  const rescoped = async (
    gateway: WritableGateway,
    name: CredentialName,
    change: (scopes: readonly string[]) => readonly string[],
  ) => {
    const had = (await known(gateway, name)).scopes ?? [];
    const wanted = [...new Set(change(had))];
    if (isSameList(had, wanted)) return;
    const path = ["credentials", name.kind, name.id, "scopes"];
    await written(
      () => client.write(gateway, { method: "PUT", path, body: { scopes: wanted }, noun }),
      async () => (isSameList((await known(gateway, name)).scopes ?? [], wanted) ? true : undefined),
    );
  };

  return {
    of,
    create: (gateway, consumer, kind, scopes) =>
      inTurn(gateway, async () => {
        const before = await of(gateway, consumer);
        await checkScopes(gateway, scopes);
        const credential = {
          ...(hasPassword(kind) ? { autoGeneratePassword: true } : {}),
          ...(scopes.length > 0 ? { scopes } : {}),
        };
        const body = { consumerId: consumer, type: kind, credential };
        const write = { method: "POST" as const, path: ["credentials"], body, noun: "consumer" };
        try {
          const made = await client.write(gateway, write, newCredentialShape);
          const secret = made?.keySecret ?? made?.password ?? made?.secret;
          if (!made || secret === undefined)
            throw new UpstreamUnavailable("gateway-admin", "no secret was told");
          return { kind, id: made.id, secret };
        } catch (error) {
          if (error instanceof UpstreamUnavailable) {
            await withdraw(gateway, consumer, kind, before).catch(() => undefined);
          }
          throw error;
        }
      }),
    setActive: (gateway, name, isActive) =>
      inTurn(gateway, async () => {
        if ((await known(gateway, name)).isActive !== isActive) await switched(gateway, name, isActive);
      }),
    setScopes: (gateway, name, scopes) =>
      inTurn(gateway, async () => {
        await known(gateway, name);
        await checkScopes(gateway, scopes);
        await rescoped(gateway, name, () => scopes);
      }),
    addScope: (gateway, name, scope) =>
      inTurn(gateway, async () => {
        await known(gateway, name);
        if (!(await all(gateway)).includes(scope)) throw new NotFound("scope");
        await rescoped(gateway, name, (had) => [...had, scope]);
      }),
    removeScope: (gateway, name, scope) =>
      inTurn(gateway, () => rescoped(gateway, name, (had) => had.filter((each) => each !== scope))),
  };
}
