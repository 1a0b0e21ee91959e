import type { ApolloServerOptions, BaseContext } from "@apollo/server";
import { getOperationAST, Kind, type DocumentNode, type OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";

/** A document that the server has parsed, found valid and let pass once. */
export interface KnownDocument {
  readonly document: DocumentNode;
  /** The operation of that name, or the only one where no name is given. */
  readonly operation: (name: string | undefined) => OperationDefinitionNode | undefined;
}

/** What is known of documents by their texts. */
export interface KnownDocuments {
  readonly get: (text: string) => KnownDocument | undefined;
  readonly learn: (text: string, document: DocumentNode) => void;
}

/** Documents are kept for so many characters of their texts; parsed, each takes 60 bytes, and 170 at worst. */
const keptCharacters = 250_000;

/** The same of those that the server keeps for itself: subscriptions, and what is not asked for plainly. */
const storedCharacters = 50_000;

function known(document: DocumentNode): KnownDocument {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const only = operations.length === 1 ? operations[0] : undefined;
  return {
    document,
    operation: (name) => (name === undefined ? only : (getOperationAST(document, name) ?? undefined)),
  };
}

export function createKnownDocuments(): KnownDocuments {
  const kept = new LRUCache<string, KnownDocument>({
    maxSize: keptCharacters,
    sizeCalculation: (_known, text) => text.length + 1,
  });
  return {
    get: (text) => kept.get(text),
    learn: (text, document) => {
      if (!kept.has(text)) kept.set(text, known(document));
    },
  };
}

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>["documentStore"]>;

/** Where the server keeps documents that it has found valid, by their hashes. */
export function createDocumentStore(): DocumentStore {
  const stored = new LRUCache<string, DocumentNode>({
    maxSize: storedCharacters,
    sizeCalculation: ({ loc }) => (loc?.end ?? storedCharacters) + 1,
  });
  return {
    get: async (hash) => stored.get(hash),
    set: async (hash, document) => void stored.set(hash, document),
    delete: async (hash) => stored.delete(hash),
  };
}
