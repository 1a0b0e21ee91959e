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

/** Documents are kept for so many characters of their texts; parsed, each takes some hundred bytes. */
const keptCharacters = 1_000_000;

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
