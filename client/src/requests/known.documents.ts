import type { SettError } from "../errors/sett.error.ts";
import type { AnyDocument } from "../document.ts";

/** What a request says of its document: the hash, or the text where the gateway does not know the hash. */
export interface AskedDocument {
  readonly query?: string;
  readonly documentId?: string;
}

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
}
