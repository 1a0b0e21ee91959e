import type { SignedIn } from "../context.ts";
import type { Consumers } from "../schema/consumer.type.ts";
import type { ConsumersService } from "../services/gateways/consumers/consumers.service.ts";
import type { WritableGateway } from "../services/gateways/gateway.address.ts";
import type { Write } from "./canvas-write.ts";
import { gatewayOf } from "./live-gateway.resolver.ts";
import { announce, told } from "./project-changes.ts";

/** Does something about those who call a gateway, and tells what was done and about whom it is. */
export async function changedConsumers<Result>(
  context: SignedIn,
  grant: Write,
  id: string,
  change: (consumers: ConsumersService, gateway: WritableGateway) => Promise<Result>,
): Promise<{ result: Result; consumers: Consumers }> {
  const gateway = await gatewayOf(context, grant, id);
  const result = await told(change(context.services.gateways.consumers, gateway), () =>
    announce(context, grant, { kind: "GATEWAYS", entities: [`gateways/${id}/consumers`] }),
  );
  return { result, consumers: { producer: grant.producer, env: grant.env, gateway: id } };
}

/** What of some input was said, as the gateway keeps it: nothing is an empty text. */
export function saidFields(
  fields: Readonly<Record<string, string | null | undefined>>,
): Readonly<Record<string, string>> {
  const said = Object.entries(fields).filter(
    (entry): entry is [string, string | null] => entry[1] !== undefined,
  );
  return Object.fromEntries(said.map(([field, value]) => [field, value ?? ""]));
}

/** The same for something new: what is nothing is not said. */
export function newFields(
  fields: Readonly<Record<string, string | null | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(saidFields(fields)).filter(([, value]) => value !== ""));
}
