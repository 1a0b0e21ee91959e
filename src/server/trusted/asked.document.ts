import { createHash } from "node:crypto";
import { z } from "zod";
import { BadUserInput } from "../../errors.ts";

/** What of a request says which document is meant, as it was sent. */
export interface DocumentRequest {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

/** Where a request says the hash of its document. */
type HashField = "documentId" | "extensions.persistedQuery.sha256Hash";

/** Which document is asked for: by its text, by its hash or by both; the text may be anything but what fits the hash. */
export interface AskedDocument {
  readonly text: string | undefined;
  readonly hash: { readonly value: string; readonly field: HashField } | undefined;
}

/** The hash of a document: SHA-256 of its text to the letter, in UTF-8, as lower-case hexadecimal. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const idForm = /^sha256:([0-9a-f]{64})$/;

const persistedQueryShape = z.object({
  version: z.literal(1, "must be 1"),
  sha256Hash: z.string("must be a string").regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits"),
});

function byDocumentId(documentId: unknown): AskedDocument["hash"] | BadUserInput {
  const [, value] = (typeof documentId === "string" ? idForm.exec(documentId) : undefined) ?? [];
  if (value !== undefined) return { value, field: "documentId" };
  return new BadUserInput([{ field: "documentId", message: "must be sha256: and 64 hexadecimal digits" }]);
}

function byExtension(persistedQuery: unknown): AskedDocument["hash"] | BadUserInput {
  const read = persistedQueryShape.safeParse(persistedQuery);
  if (read.success) return { value: read.data.sha256Hash, field: "extensions.persistedQuery.sha256Hash" };
  return new BadUserInput(
    read.error.issues.map(({ path, message }) => ({
      field: ["extensions", "persistedQuery", ...path].join("."),
      message,
    })),
  );
}

const persistedQueryOf = (extensions: unknown): unknown =>
  typeof extensions === "object" && extensions !== null && "persistedQuery" in extensions
    ? extensions.persistedQuery
    : undefined;

/** Reads which document is meant. Over sockets, where the protocol wants some text, it may be empty beside a hash. */
export function askedDocument({
  query,
  documentId,
  extensions,
}: DocumentRequest): AskedDocument | BadUserInput {
  const text = typeof query === "string" && query !== "" ? query : undefined;
  const persistedQuery = persistedQueryOf(extensions);
  const id = documentId == null ? undefined : byDocumentId(documentId);
  if (id instanceof BadUserInput) return id;
  const extension = persistedQuery == null ? undefined : byExtension(persistedQuery);
  if (extension instanceof BadUserInput) return extension;
  if (id && extension && id.value !== extension.value) {
    return new BadUserInput([{ field: extension.field, message: "is another hash than documentId" }]);
  }
  return { text, hash: id ?? extension };
}
