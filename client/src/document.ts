import type { DocumentTypeDecoration } from "@graphql-typed-document-node/core";

/** An operation that the gateway knows by its hash, with the types of what it is asked with and of what it answers. */
export interface TrustedDocument<Data, Variables> extends DocumentTypeDecoration<Data, Variables> {
  readonly kind: "query" | "mutation" | "subscription";
  readonly name: string;
  /** `sha256:` and the hash of the text. */
  readonly id: string;
  /** Sent only to a gateway that does not know the hash. */
  readonly text: string;
}

/** Variables as a call takes them: they may be left out where the document needs none. */
export type VariablesOf<Variables> =
  Record<string, never> extends Variables ? Variables | undefined : Variables;

/** A document of whatever types: what is sent of it is the same for all. */
export type AnyDocument = Pick<TrustedDocument<unknown, unknown>, "kind" | "name" | "id" | "text">;
