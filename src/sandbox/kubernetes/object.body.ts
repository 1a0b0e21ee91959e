import { parse } from "yaml";
import type { SandboxRequest } from "../http.ts";
import { CustomKind } from "./custom.kind.ts";
import { isFields } from "./field.shape.ts";
import type { Fields } from "./kubernetes.object.ts";
import { apiVersionOf, type Resource } from "./resource.kinds.ts";
import { badRequest, StatusError } from "./status.error.ts";

const usualFields = ["apiVersion", "kind", "metadata", "spec", "status"];

const ownFields: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ["data", "binaryData", "immutable"],
  Secret: ["data", "stringData", "type", "immutable"],
  ServiceAccount: ["secrets", "imagePullSecrets", "automountServiceAccountToken"],
  EndpointSlice: ["addressType", "endpoints", "ports"],
  Event: [
    ...["involvedObject", "reason", "message", "source", "firstTimestamp", "lastTimestamp", "count", "type"],
    ...["eventTime", "series", "action", "related", "reportingComponent", "reportingInstance"],
  ],
};

/** An object that was sent, in JSON or YAML; throws where it is not one of the kind. */
export function sentObject(resource: Resource, { body }: Pick<SandboxRequest, "body">): Fields {
  const text = body.toString("utf8");
  const sent = text.trimStart().startsWith("{") ? jsonOf(resource, text) : yamlOf(text);
  if (!isFields(sent))
    throw badRequest(`the object provided is unrecognized (must be of type ${resource.kind})`);
  const { kind = resource.kind, apiVersion = apiVersionOf(resource), metadata = {} } = sent;
  const version = String(apiVersion).split("/").at(-1) ?? "";
  if (apiVersion !== apiVersionOf(resource)) {
    const expected = `the expected API version (${apiVersionOf(resource)})`;
    throw badRequest(`the API version in the data (${String(apiVersion)}) does not match ${expected}`);
  }
  if (kind !== resource.kind) {
    const inner = `${resource.group === "" ? "core" : (resource.group.split(".")[0] ?? "")}.${resource.kind}`;
    const problem = `converting (${version}.${String(kind)}) to (${inner}): unknown conversion`;
    throw badRequest(
      `${String(kind)} in version "${version}" cannot be handled as a ${resource.kind}: ${problem}`,
    );
  }
  if (!isFields(metadata)) throw badRequest("metadata: expected an object");
  return { ...sent, metadata };
}

/** Without what the kind does not know, of which a warning is made; throws where that was asked for. */
export function withoutUnknown(
  resource: Resource,
  sent: Fields,
  query: URLSearchParams,
): { sent: Fields; headers: Record<string, string> } {
  const unknown = unknownFields(resource, sent);
  const known = Object.fromEntries(Object.entries(sent).filter(([name]) => !unknown.includes(name)));
  const how = query.get("fieldValidation") ?? "Warn";
  if (unknown.length === 0 || how === "Ignore") return { sent: known, headers: {} };
  const problems = unknown.map((place) => `unknown field "${place}"`);
  if (how === "Strict") {
    const { kind, version } = resource;
    const problem = `strict decoding error: ${problems.join(", ")}`;
    throw badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${problem}`);
  }
  const warnings = problems.map((problem) => `299 - ${JSON.stringify(problem)}`);
  return { sent: known, headers: { Warning: warnings.join(", ") } };
}

/** Throws where something is applied that the kind does not know: what belongs to whom could not be said. */
export function checkApplied(resource: Resource, sent: Fields, where: string): void {
  const [place] = unknownFields(resource, sent);
  if (place === undefined) return;
  const what = `${where}; ${apiVersionOf(resource)}, Kind=${resource.kind}`;
  const problem = `failed to create typed patch object (${what}): .${place}: field not declared in schema`;
  throw new StatusError(500, problem);
}

function unknownFields(resource: Resource, sent: Fields): readonly string[] {
  if (resource instanceof CustomKind) return resource.unknownIn(sent);
  const known = new Set([...usualFields, ...(ownFields[resource.kind] ?? [])]);
  return Object.keys(sent).filter((name) => !known.has(name));
}

function jsonOf({ kind }: Resource, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const first = /^\{\s*([^\s"}])/.exec(text.trim())?.[1];
    const problem =
      first === undefined
        ? "unexpected end of JSON input"
        : `invalid character '${first}' looking for beginning of object key string`;
    const message = `couldn't get version/kind; json parse error: ${problem} (${text.slice(0, 100)})`;
    throw badRequest(`the object provided is unrecognized (must be of type ${kind}): ${message}`);
  }
}

function yamlOf(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw badRequest(`error decoding YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}
