import { SettError } from "../../errors.ts";
import type { GraphqlRequest } from "../graphql.request.ts";
import type { DocumentRequest } from "./asked.document.ts";
import type { TrustedDocuments } from "./trusted.documents.ts";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What of these is JSON; the server says better what is wrong with what is none. */
function readExtensions(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function documentRequestOf({ method, search, body }: GraphqlRequest): DocumentRequest {
  if (method === "POST") return isRecord(body) ? body : {};
  const parameters = new URLSearchParams(search);
  return {
    query: parameters.get("query"),
    documentId: parameters.get("documentId"),
    extensions: readExtensions(parameters.get("extensions")),
  };
}

/** Without the hash, which the server would refuse: it is not to keep documents itself. */
function extensionsLeft(extensions: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isRecord(extensions)) return undefined;
  const { persistedQuery: _persistedQuery, ...rest } = extensions;
  return rest;
}

/** The same request, asking for the document by its text. */
function askedByText(request: GraphqlRequest, text: string, extensions: unknown): GraphqlRequest {
  const left = extensionsLeft(extensions);
  if (request.method === "POST") {
    const body = { ...(request.body as object), query: text, ...(left ? { extensions: left } : {}) };
    return { ...request, body };
  }
  const parameters = new URLSearchParams(request.search);
  parameters.set("query", text);
  if (left) parameters.set("extensions", JSON.stringify(left));
  return { ...request, search: `?${parameters.toString()}` };
}

/** The request as it is, where it has a text and no hash; else by the text that its hash stands for. */
export function resolveRequest(
  request: GraphqlRequest,
  documents: TrustedDocuments,
): GraphqlRequest | SettError {
  const asked = documentRequestOf(request);
  const text = documents.resolve(asked);
  if (text instanceof SettError) return text;
  const { query, extensions } = asked;
  const isPlain = !isRecord(extensions) || extensions["persistedQuery"] === undefined;
  return text === undefined || (text === query && isPlain) ? request : askedByText(request, text, extensions);
}
