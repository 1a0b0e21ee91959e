import { GraphQLInt, GraphQLScalarType, GraphQLString } from "graphql";
import { GraphQLJSON, GraphQLJSONObject } from "graphql-scalars";
import { nameRules, type NameKind } from "../names.ts";
import { decodeCursor } from "./cursor.ts";
import { fromGlobalId } from "./global-id.ts";

/** Most items of a connection that may be asked for at once. */
export const largestPage = 100;

const about: Record<NameKind, string> = {
  ProducerName: "A producer's name, without the platform's prefix",
  EnvironmentName: "The name of a producer's environment",
  PodName: "The name of a pod",
  LogPosition: "A place in the log of a container",
  AuditPosition: "A place in what happened to a project",
  Login: "The name of a Gitea account",
  RepositoryName: "The name of a repository",
  FilePath: "The path of a file in a repository",
  GitReference: "A branch, a tag or a commit",
  BlobSha: "The name git gives to a file's content",
  ModelName: "The name of a model",
  MemberName: "The name of a model's property or relation",
  MethodName: "The name of a model's method",
  DataSourceName: "The name of a data source",
  FunctionName: "The name of a function",
  PolicyName: "The kind of a gateway's policy",
  ConsumerName: "The id of somebody who calls a gateway, or the name of a user",
  ScopeName: "What a caller of a gateway may be given the use of",
  VariableName: "The name of a variable in an environment",
  VariableValue: "The value of a variable in an environment",
  EmailAddress: "An e-mail address",
  WebAddress: "The address of a page",
  EntityId: "The id of something on a canvas, as the canvas gave it",
  EntityName: "What something on a canvas is called",
  Reason: "Why somebody wants something",
  Revision: "What tells one state of a document from another",
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
export const PodName = nameScalar("PodName");
export const LogPosition = nameScalar("LogPosition");
export const AuditPosition = nameScalar("AuditPosition");
export const Login = nameScalar("Login");
export const RepositoryName = nameScalar("RepositoryName");
export const FilePath = nameScalar("FilePath");
export const GitReference = nameScalar("GitReference");
export const BlobSha = nameScalar("BlobSha");
export const ModelName = nameScalar("ModelName");
export const MemberName = nameScalar("MemberName");
export const MethodName = nameScalar("MethodName");
export const DataSourceName = nameScalar("DataSourceName");
export const FunctionName = nameScalar("FunctionName");
export const PolicyName = nameScalar("PolicyName");
export const ConsumerName = nameScalar("ConsumerName");
export const ScopeName = nameScalar("ScopeName");
export const VariableName = nameScalar("VariableName");
export const VariableValue = nameScalar("VariableValue");
export const EmailAddress = nameScalar("EmailAddress");
export const WebAddress = nameScalar("WebAddress");
export const EntityId = nameScalar("EntityId");
export const EntityName = nameScalar("EntityName");
export const Reason = nameScalar("Reason");
export const Revision = nameScalar("Revision");
export const SearchText = nameScalar("SearchText");
export const CommitMessage = nameScalar("CommitMessage");
export const SshPublicKey = nameScalar("SshPublicKey");
export const SshKeyId = nameScalar("SshKeyId");
export const KeyTitle = nameScalar("KeyTitle");

/** Deeper ones are nobody's document, and would overflow whoever walks through them. */
const deepestJson = 40;

function isShallow(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth < deepestJson && Object.values(value).every((each) => isShallow(each, depth + 1));
}

const jsonRule = `JSON of at most ${deepestJson} levels`;

/** Anything that JSON can hold. */
export const JsonValue = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  name: "JSON",
  description: `Anything that JSON can hold: ${jsonRule}.`,
  specifiedByURL: undefined,
});

/** A JSON object. */
export const JsonMap = new GraphQLScalarType({
  ...GraphQLJSONObject.toConfig(),
  name: "JSONObject",
  description: `A JSON object: ${jsonRule}.`,
  specifiedByURL: undefined,
});

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
  JSON: { rule: jsonRule, accepts: (value) => isShallow(value) },
  JSONObject: { rule: jsonRule, accepts: (value) => isShallow(value) },
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
