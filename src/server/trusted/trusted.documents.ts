import type { GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";
import type { Config } from "../../config.ts";
import { BadUserInput, UnknownDocument, type SettError } from "../../errors.ts";
import { askedDocument, hashOf, type AskedDocument, type DocumentRequest } from "./asked.document.ts";
import { readManifest } from "./document.manifest.ts";

/** Which documents run, and which of them may be asked for by their hash. */
export interface TrustedDocuments {
  /** The text that a request means; undefined where it names none; an error where that one does not run here. */
  readonly resolve: (request: DocumentRequest) => string | SettError | undefined;
}

type Settings = Pick<Config, "DOCUMENTS" | "TRUSTED_DOCUMENTS">;

/** What is registered by being sent is kept up to so many characters; who asks for what is gone sends it again. */
const keptCharacters = 4_000_000;

const notRegistered = () =>
  new BadUserInput([{ field: "query", message: "is not among the documents that are registered here" }]);

const notItsHash = ({ field }: NonNullable<AskedDocument["hash"]>) =>
  new BadUserInput([{ field, message: "is not the hash of the query" }]);

/** Reads what is registered; throws where it is wrong. */
export function createTrustedDocuments(
  { DOCUMENTS: mode, TRUSTED_DOCUMENTS: path }: Settings,
  schema: GraphQLSchema,
): TrustedDocuments {
  // The own manifest is held to the schema by the build. Where nothing else runs, it is looked at all the same.
  const manifest = readManifest(path, path === undefined && mode !== "trusted" ? undefined : schema);
  const hashes = new Map([...manifest].map(([hash, text]) => [text, hash]));
  const sent = new LRUCache<string, string>({
    maxSize: keptCharacters,
    sizeCalculation: (text, hash) => text.length + hash.length,
  });

  const byHash = ({ value, field }: NonNullable<AskedDocument["hash"]>) =>
    manifest.get(value) ??
    sent.get(value) ??
    // Clients that send hashes the way Apollo does learn that they need not.
    new UnknownDocument(mode === "any" && field !== "documentId" ? "not supported" : "not found");

  const register = (text: string, hash: string) => {
    if (!sent.has(hash)) sent.set(hash, text);
  };

  return {
    resolve: (request) => {
      const asked = askedDocument(request);
      if (asked instanceof BadUserInput) return asked;
      const { text, hash } = asked;
      if (text === undefined) return hash && byHash(hash);
      if (!hash && mode === "any") return text;
      const registered = hashes.get(text);
      if (mode === "trusted" && registered === undefined) return notRegistered();
      if (!hash && (mode !== "register" || registered !== undefined)) return text;
      const actual = registered ?? hashOf(text);
      if (hash && hash.value !== actual) return notItsHash(hash);
      if (mode === "register" && registered === undefined) register(text, actual);
      return text;
    },
  };
}
