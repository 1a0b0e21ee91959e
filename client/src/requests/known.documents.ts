import { BadUserInput } from "../errors/gateway.errors.ts";
import type { SettError } from "../errors/sett.error.ts";
import type { AnyDocument } from "../document.ts";

/** What a request says of its document: the hash, or the text where the gateway does not know the hash. */
export interface AskedDocument {
  readonly query?: string;
  readonly documentId?: string;
}

/** Whether a text was refused because only registered ones run there: gateways say so in these words. */
export const isUnregistered = (error: SettError | undefined): boolean =>
  error instanceof BadUserInput &&
  error.problems.some(({ field, message }) => field === "query" && message.includes("registered"));

/** Which documents the gateway knows by their hashes, as far as it has said. */
export class KnownDocuments {
  private readonly unknown = new Set<string>();

  asked({ id, text }: AnyDocument): AskedDocument {
    return this.unknown.has(id) ? { query: text } : { documentId: id };
  }

  /** Learns from the error of what was sent; whether it is worth another try, with the text. */
  isToBeToldOf({ id }: AnyDocument, sent: AskedDocument, error: SettError | undefined): boolean {
    const isUnknown =
      error?.code === "PERSISTED_QUERY_NOT_FOUND" || error?.code === "PERSISTED_QUERY_NOT_SUPPORTED";
    // Another that ran beside it may have learnt it meanwhile: what counts is what this one sent.
    if (!isUnknown || sent.query !== undefined) return false;
    this.unknown.add(id);
    return true;
  }

  /** Takes it that the next gateway may know the document. */
  forget({ id }: AnyDocument): void {
    this.unknown.delete(id);
  }
}
