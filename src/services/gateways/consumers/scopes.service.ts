import { NotFound } from "../../../errors.ts";
import type { SavedGateway, WritableGateway } from "../gateway.address.ts";
import { scopesShape } from "./consumer.shapes.ts";
import type { ConsumersClient } from "./consumers.client.ts";
import { written } from "./sure.write.ts";

/** Does a write of those who call gateways while nobody else does. */
export type InTurn = <Result>(gateway: WritableGateway, write: () => Promise<Result>) => Promise<Result>;

/** Everything that credentials can give the use of. */
export interface ScopesService {
  readonly all: (gateway: SavedGateway) => Promise<readonly string[]>;
  readonly add: (gateway: WritableGateway, scope: string) => Promise<readonly string[]>;
  readonly remove: (gateway: WritableGateway, scope: string) => Promise<readonly string[]>;
}

export function createScopesService(client: ConsumersClient, inTurn: InTurn): ScopesService {
  const all = async (gateway: SavedGateway) =>
    [...((await client.read(gateway, ["scopes"], scopesShape))?.scopes ?? [])].sort();
  return {
    all,
    add: (gateway, scope) =>
      inTurn(gateway, async () => {
        const there = await all(gateway);
        if (there.includes(scope)) return there;
        const write = { method: "PUT" as const, path: ["scopes", scope], noun: "scope" };
        return written(
          () => client.write(gateway, write),
          async () => {
            const now = await all(gateway);
            return now.includes(scope) ? now : undefined;
          },
        );
      }),

    remove: (gateway, scope) =>
      inTurn(gateway, async () => {
        if (!(await all(gateway)).includes(scope)) throw new NotFound("scope");
        const write = { method: "DELETE" as const, path: ["scopes", scope], noun: "scope" };
        return written(
          () => client.write(gateway, write),
          async () => {
            const now = await all(gateway);
            return now.includes(scope) ? undefined : now;
          },
        );
      }),
  };
}
