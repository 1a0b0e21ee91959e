import { indexDocument, type DocumentIndex } from "../../services/gateways/document.index.ts";
import { given } from "../../services/gateways/saved.config.ts";
import { textOf, textsOf } from "../../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../../services/workspace/json.ts";
import { isOwnEntry } from "./platform.entries.ts";

/** A service endpoint as a gateway has it, or why it can have none. */
export type ServiceEntry = { readonly entry: JsonObject } | { readonly problem: string };

/** A project's document, as all of its gateways look into it. */
export interface GatewayDocument extends Pick<DocumentIndex, "apiEndpoints" | "connectedTo"> {
  /** Undefined where the document has no service endpoint of that id. */
  readonly serviceEntry: (id: string) => ServiceEntry | undefined;
}

const isAddress = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

function serviceEntryOf(id: string, service: JsonObject): ServiceEntry {
  const urls = (textsOf(service["urls"]) ?? []).filter(isAddress);
  if (isOwnEntry(id) && urls.length > 0) return { entry: given({ friendlyName: service["name"], urls }) };
  return {
    problem: `The service endpoint ${textOf(service["name"]) ?? id} has no address that can be used.`,
  };
}

/** Looks through a document once for all gateways; what they have in common is made once. */
export function readGatewayDocument(document: JsonObject): GatewayDocument {
  const { apiEndpoints, serviceEndpoints, connectedTo } = indexDocument(document);
  const made = new Map<string, ServiceEntry>();
  return {
    apiEndpoints,
    connectedTo,
    serviceEntry: (id) => {
      const service = serviceEndpoints.get(id);
      if (!service) return undefined;
      const entry = made.get(id) ?? serviceEntryOf(id, service);
      made.set(id, entry);
      return entry;
    },
  };
}
