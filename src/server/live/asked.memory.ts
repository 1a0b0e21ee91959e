import { createHash } from "node:crypto";
import type { DocumentNode, GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";

/** What was asked for, with its document read. */
export interface Asked {
  /** What tells its payloads from those of others: equal keys get equal payloads of an event. */
  readonly key: string;
  /** Whether everybody gets the same. */
  readonly isEverybody: boolean;
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Record<string, unknown> | null | undefined;
}

interface Request extends Omit<Asked, "key" | "isEverybody"> {
  readonly query: string;
  /** By whom, where not all get the same. */
  readonly callerKey: string | undefined;
}

/** Thousands who ask for the same keep one object of it between them. */
export type AskedMemory = (request: Request) => Asked;

/** How many characters of what was asked for are remembered, besides documents, which are remembered elsewhere. */
const mostCharacters = 1_000_000;

export function createAskedMemory(): AskedMemory {
  const known = new LRUCache<string, Asked>({ maxSize: mostCharacters });
  return ({ query, callerKey, schema, document, operationName, variables }) => {
    const text = JSON.stringify([query, operationName, variables]);
    const key = createHash("sha256")
      .update(text)
      .update(callerKey ?? "")
      .digest("base64url");
    const before = known.get(key);
    if (before) return before;
    const isEverybody = callerKey === undefined;
    const asked: Asked = { key, isEverybody, schema, document, operationName, variables };
    known.set(key, asked, { size: text.length });
    return asked;
  };
}
