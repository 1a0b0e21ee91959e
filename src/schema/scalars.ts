import { GraphQLInt, GraphQLScalarType, GraphQLString } from "graphql";
import { nameRules, type NameKind } from "../names.ts";
import { decodeCursor } from "./cursor.ts";
import { fromGlobalId } from "./global-id.ts";

/** Most items of a connection that may be asked for at once. */
export const largestPage = 100;

const about: Record<NameKind, string> = {
  ProducerName: "A producer's name, without the platform's prefix",
  EnvironmentName: "The name of a producer's environment",
  Login: "The name of a Gitea account",
  RepositoryName: "The name of a repository",
  FilePath: "The path of a file in a repository",
  GitReference: "A branch, a tag or a commit",
  BlobSha: "The name git gives to a file's content",
  SearchText: "What to search for",
  CommitMessage: "What a commit says it does",
  SshPublicKey: "An SSH public key as ssh-keygen writes it",
  SshKeyId: "The id of an SSH key",
  KeyTitle: "The title of an SSH key",
};

/**
 * Strings of a kind. They are taken as they come, and checked together with all other arguments of the field
 * before anybody is asked: so every problem is named at its place, and the rest of the query is still answered.
 */
function nameScalar(kind: NameKind): GraphQLScalarType<string, string> {
  return new GraphQLScalarType({
    ...GraphQLString.toConfig(),
    name: kind,
    description: `${about[kind]}: ${nameRules[kind].rule}.`,
  });
}

export const ProducerName = nameScalar("ProducerName");
export const EnvironmentName = nameScalar("EnvironmentName");
export const Login = nameScalar("Login");
export const RepositoryName = nameScalar("RepositoryName");
export const FilePath = nameScalar("FilePath");
export const GitReference = nameScalar("GitReference");
export const BlobSha = nameScalar("BlobSha");
export const SearchText = nameScalar("SearchText");
export const CommitMessage = nameScalar("CommitMessage");
export const SshPublicKey = nameScalar("SshPublicKey");
export const SshKeyId = nameScalar("SshKeyId");
export const KeyTitle = nameScalar("KeyTitle");

const pageSizeRule = `a whole number from 1 to ${largestPage}`;
export const PageSize = new GraphQLScalarType<number, number>({
  ...GraphQLInt.toConfig(),
  name: "PageSize",
  description: `How many items to answer: ${pageSizeRule}.`,
});

const cursorRule = "a cursor of an earlier answer, unchanged";
export const Cursor = new GraphQLScalarType<string, string>({
  ...GraphQLString.toConfig(),
  name: "Cursor",
  description: `A place in a list: ${cursorRule}.`,
});

/** Arguments that stay strings for the sake of older clients, by field and name, and the rule they are held to all the same. */
export const stringArguments: Readonly<Record<string, NameKind>> = {
  "loadSharedProjects.username": "ProducerName",
};

/** What the values of each scalar with a rule must be, by the scalar's name. */
export const inputRules: Readonly<Record<string, { rule: string; accepts: (value: unknown) => boolean }>> = {
  ...Object.fromEntries(
    Object.entries(nameRules).map(([kind, { rule, accepts }]) => [
      kind,
      { rule, accepts: (value: unknown) => typeof value === "string" && accepts(value) },
    ]),
  ),
  PageSize: {
    rule: pageSizeRule,
    accepts: (value) => typeof value === "number" && value >= 1 && value <= largestPage,
  },
  ID: {
    rule: "an id of an earlier answer, unchanged",
    accepts: (value) => typeof value === "string" && fromGlobalId(value) !== undefined,
  },
  Cursor: {
    rule: cursorRule,
    accepts: (value) => typeof value === "string" && decodeCursor(value) !== undefined,
  },
};
