import { addressFrom } from "../../address-template.ts";
import type { UpstreamName } from "../../errors.ts";
import { openClient } from "../http/upstream.client.ts";
import type { Answer, Call, UpstreamOptions } from "../http/upstream.ts";
import type { SavedGateway } from "./gateway.address.ts";

/** A kind of service that every gateway of a project has one of. */
export interface GatewayUpstream {
  readonly name: UpstreamName;
  /** The saved gateway says which is called: there is no other way to its address. */
  readonly call: (
    gateway: SavedGateway,
    call: Omit<Call, "requestId" | "askedBy" | "budget">,
  ) => Promise<Answer>;
  readonly close: () => void;
}

/**
 * Opens a client to the gateways' administration, whose addresses come from a template. Each call has a connection of its
 * own: the service cuts some that it has answered on, and the next call there would have to be sent twice.
 */
export function openGatewayUpstream(
  name: UpstreamName,
  template: string,
  options: UpstreamOptions,
): GatewayUpstream {
  const { call, close } = openClient(name, { ...options, isFresh: true });
  return {
    name,
    call: ({ grant, dnsPrefix }, wanted) => {
      const { producer, env, caller } = grant;
      const { requestId, key: askedBy, budget } = caller;
      const address = addressFrom(template, producer, env, dnsPrefix);
      return call(address, { ...wanted, requestId, askedBy, budget }, producer);
    },
    close,
  };
}
