import { BadUserInput, NotFound } from "../../errors.ts";
import type { ProjectGrant } from "../../permissions/grant.ts";
import { autoGatewayInstance } from "../auto-gateway/auto-gateway.names.ts";
import { listOf, textOf } from "../workspace/document/document.reader.ts";
import type { ReadDocument } from "../workspace/document.service.ts";
import type { JsonObject } from "../workspace/json.ts";

declare const saved: unique symbol;

/**
 * A gateway of the project that a grant is about, saved there or the platform's own: the only way to the address of one that runs, so that nobody
 * chooses a host by its name. The grant says what may be done with it.
 */
export interface SavedGateway<Grant extends ProjectGrant = ProjectGrant> {
  readonly [saved]: true;
  readonly grant: Grant;
  readonly id: string;
  readonly dnsPrefix: string;
  /** The gateway as it is saved, and its place in the document's list. */
  readonly item: JsonObject;
  readonly index: number;
}

/** A gateway that may be changed. */
export type WritableGateway = SavedGateway<ProjectGrant<"write">>;

/**
 * Without dashes: they stand between the parts of a gateway's address, and one within a part would make it that of
 * another producer's gateway.
 */
const prefixForm = /^[a-z0-9]{1,30}$/;

/** Whether a gateway runs at an address that is its own beyond doubt. */
export const isReachable = (item: JsonObject) => prefixForm.test(textOf(item["dnsPrefix"]) ?? "");

/** The gateway of that id in a project's document as it was read. */
export function savedGateway<Grant extends ProjectGrant>(
  grant: Grant,
  { document }: ReadDocument,
  id: string,
): SavedGateway<Grant> {
  const gateways = listOf(document, "gateways");
  const index = gateways.findIndex((each) => each["id"] === id);
  const item = gateways[index];
  if (!item) throw new NotFound("gateway");
  if (!isReachable(item)) {
    throw new BadUserInput([
      {
        field: `gateways.${index}.dnsPrefix`,
        message: "must be 1 to 30 lower-case letters and digits for the running gateway to be asked",
      },
    ]);
  }
  const found = { grant, id, dnsPrefix: textOf(item["dnsPrefix"]) ?? "", item, index };
  return found as unknown as SavedGateway<Grant>;
}

/** The gateway that the platform makes of a project's whole API, which is saved nowhere. */
export function autoGatewayOf<Grant extends ProjectGrant>(grant: Grant): SavedGateway<Grant> {
  const found = { grant, id: autoGatewayInstance, dnsPrefix: autoGatewayInstance, item: {}, index: -1 };
  return found as unknown as SavedGateway<Grant>;
}
