import { BadUserInput, NotFound } from "../../../errors.ts";
import type { JsonObject } from "../../workspace/json.ts";
import type { SavedGateway, WritableGateway } from "../gateway.address.ts";
import type { GatewayMeans } from "../gateways.service.ts";
import {
  appShape,
  appsShape,
  userShape,
  usersShape,
  type StoredApp,
  type StoredUser,
} from "./consumer.shapes.ts";
import { createConsumersClient } from "./consumers.client.ts";
import { createCredentialsService, type CredentialsService } from "./credentials.service.ts";
import { createScopesService, type ScopesService } from "./scopes.service.ts";
import { written } from "./sure.write.ts";

/** What is said of a user or an application; what is left out stays as it is, and an empty text is nothing. */
export type ConsumerFields = Readonly<Record<string, string>>;

/** Those who call the gateways of a project: all its gateways share them. */
export interface ConsumersService {
  readonly users: (gateway: SavedGateway) => Promise<readonly StoredUser[]>;
  /** A user by name or id; undefined where there is none. */
  readonly user: (gateway: SavedGateway, id: string) => Promise<StoredUser | undefined>;
  readonly apps: (gateway: SavedGateway) => Promise<readonly StoredApp[]>;
  readonly createUser: (gateway: WritableGateway, fields: ConsumerFields) => Promise<StoredUser>;
  readonly updateUser: (gateway: WritableGateway, id: string, fields: ConsumerFields) => Promise<StoredUser>;
  readonly createApp: (gateway: WritableGateway, fields: ConsumerFields) => Promise<StoredApp>;
  readonly updateApp: (gateway: WritableGateway, id: string, fields: ConsumerFields) => Promise<StoredApp>;
  /** A user by name or id, or an application by id; a user's applications go with him. */
  readonly remove: (gateway: WritableGateway, id: string) => Promise<void>;
  readonly setActive: (gateway: WritableGateway, id: string, isActive: boolean) => Promise<void>;
  readonly scopes: ScopesService;
  readonly credentials: CredentialsService;
}

const byName =
  <Item>(nameOf: (item: Item) => string) =>
  (one: Item, other: Item) =>
    nameOf(one) < nameOf(other) ? -1 : 1;

const taken = (field: string, message: string) => new BadUserInput([{ field, message }]);

export function createConsumersService(means: GatewayMeans): ConsumersService {
  const { consumerTurns } = means;
  const client = createConsumersClient(means.upstream);
  const inTurn = <Result>({ grant }: WritableGateway, write: () => Promise<Result>) =>
    consumerTurns.write(grant, write);

  const user = (gateway: SavedGateway, id: string) => client.read(gateway, ["users", id], userShape);
  const app = (gateway: SavedGateway, id: string) => client.read(gateway, ["apps", id], appShape);
  const scopes = createScopesService(client, inTurn);

  const apps = async (gateway: SavedGateway) => {
    const shape = appsShape.transform(({ apps: items, nextKey }) => ({ items, nextKey }));
    return [...(await client.readAll(gateway, "apps", shape))].sort(
      byName(({ name, id }) => `${name} ${id}`),
    );
  };

  /** Where somebody is. A change of somebody unknown would break the connection: it is looked first. */
  const placeOf = async (gateway: SavedGateway, id: string) => {
    const found = await user(gateway, id);
    if (found) return { kind: "users", found, again: () => user(gateway, found.id) } as const;
    const other = await app(gateway, id);
    if (other) return { kind: "apps", found: other, again: () => app(gateway, other.id) } as const;
    throw new NotFound("consumer");
  };

  const isAs = (there: object, fields: ConsumerFields) =>
    Object.entries(fields).every(([field, value]) => (Reflect.get(there, field) ?? "") === value);

  const update = <Stored extends { readonly id: string }>(
    read: (gateway: SavedGateway, id: string) => Promise<Stored | undefined>,
    kind: "users" | "apps",
    noun: string,
  ) => {
    return (gateway: WritableGateway, id: string, fields: ConsumerFields): Promise<Stored> =>
      inTurn(gateway, async () => {
        const found = await read(gateway, id);
        if (!found) throw new NotFound(noun);
        if (isAs(found, fields)) return found;
        const write = { method: "PUT" as const, path: [kind, found.id], body: fields, input: "input", noun };
        return written(
          () => client.write(gateway, write),
          async () => {
            const now = await read(gateway, found.id);
            return now && isAs(now, fields) ? now : undefined;
          },
        );
      });
  };

  return {
    users: async (gateway) => {
      const shape = usersShape.transform(({ users: items, nextKey }) => ({ items, nextKey }));
      return [...(await client.readAll(gateway, "users", shape))].sort(byName(({ username }) => username));
    },
    user,
    apps,
    scopes,

    createUser: (gateway, fields) =>
      inTurn(gateway, async () => {
        const name = fields["username"] ?? "";
        if (await user(gateway, name)) throw taken("input.username", "another user has this name");
        const body: JsonObject = fields;
        const write = { method: "POST" as const, path: ["users"], body, input: "input", noun: "user" };
        return written(
          () => client.write(gateway, write),
          () => user(gateway, name),
        );
      }),
    updateUser: update(user, "users", "user"),

    createApp: (gateway, { user: owner = "", ...fields }) =>
      inTurn(gateway, async () => {
        const found = await user(gateway, owner);
        if (!found) throw taken("input.user", "there is no such user");
        const own = async () =>
          (await apps(gateway)).find(({ userId, name }) => userId === found.id && name === fields["name"]);
        if (await own()) throw taken("input.name", "the user has an application of this name");
        const body: JsonObject = { ...fields, userId: found.id };
        const write = { method: "POST" as const, path: ["apps"], body, input: "input", noun: "user" };
        return written(() => client.write(gateway, write), own);
      }),
    updateApp: update(app, "apps", "application"),

    remove: (gateway, id) =>
      inTurn(gateway, async () => {
        const { kind, found, again } = await placeOf(gateway, id);
        const write = { method: "DELETE" as const, path: [kind, found.id], noun: "consumer" };
        await written(
          () => client.write(gateway, write),
          async () => ((await again()) ? undefined : true),
        );
      }),

    setActive: (gateway, id, isActive) =>
      inTurn(gateway, async () => {
        const { kind, found, again } = await placeOf(gateway, id);
        const path = [kind, found.id, "status"];
        const write = { method: "PUT" as const, path, body: { status: isActive }, noun: "consumer" };
        await written(
          () => client.write(gateway, write),
          async () => ((await again())?.isActive === isActive ? true : undefined),
        );
      }),

    credentials: createCredentialsService({ client, inTurn, scopes: scopes.all }),
  };
}
