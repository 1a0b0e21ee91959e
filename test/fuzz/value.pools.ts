import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLInputType,
} from "graphql";
import { aptFields, aptPools } from "./apt.pools.ts";
import type { Choices } from "./choices.ts";

/** What is asked for by names: what is there, own and others', and what is not. */
const pools: Readonly<Record<string, readonly unknown[]>> = {
  ProducerName: ["demo", "demo", "demo", "demo", "demo", "eve", "eve", "al", "zu", "nosuch"],
  EnvironmentName: [...Array<string>(9).fill("dev"), "stage", "stage", "main", "nosuch"],
  Login: [
    "customer-demo",
    "customer-demo",
    "customer-eve",
    "customer-al",
    "customer-zu",
    "lbadmin",
    "nosuch",
  ],
  RepositoryName: ["dev", "dev", "functions", "functions", "stage", "nosuch"],
  FunctionName: ["hello", "convert", "whisper", "brandNew", "nosuch"],
  ModelName: ["Car", "Wheel", "Engine", "Brandnew", "PersistedModel", "nosuch"],
  DataSourceName: ["db", "memory", "brandnew", "nosuch"],
  FilePath: ["README.md", "lunchbadger.json", "server/datasources.json", "hello/handler.js", "new/file.txt"],
  GitReference: ["master", "main", "nosuch", "0000000"],
  BlobSha: ["0".repeat(40)],
  Revision: ["0".repeat(43)],
  EntityId: [
    "aaaaaaaa-0000-4000-8000-000000000001",
    "eeeeeeee-0000-4000-8000-000000000001",
    "ffffffff-0000-4000-8000-000000000001",
    "bbbbbbbb-0000-4000-8000-000000000001",
    "11111111-0000-4000-8000-000000000001",
    "a new thing",
  ],
  EntityName: ["a thing", "Car", "proxy"],
  PolicyName: ["proxy", "key-auth", "cors", "nosuch"],
  ConsumerName: ["joe", "app", "auto"],
  ScopeName: ["read", "write"],
  VariableName: ["COLOUR", "NODE_ENV"],
  VariableValue: ["blue", ""],
  MemberName: ["id", "name", "wheels"],
  MethodName: ["drive", "prototype.brake"],
  PodName: ["workspace-demo-dev", "nosuch"],
  KeyTitle: ["laptop"],
  SshPublicKey: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmgzIs5Gdi9laRPuHnI4uBSSXH9saG1jKIFLOAI7p04"],
  SshKeyId: ["1", "2", "999"],
  SearchText: ["customer", "e", "%"],
  CommitMessage: ["a change"],
  Reason: ["a reason"],
  EmailAddress: ["joe@example.org"],
  WebAddress: ["https://example.org/back"],
  PageSize: [1, 2, 20, 50],
  Cursor: ["MQ", "bm90aGluZw"],
  AuditPosition: ["1700000000000-0.0"],
  LogPosition: ["2026-01-01T00:00:00.000000000Z.AAAAAAAA.1"],
  DateTime: ["2026-01-01T00:00:00.000Z"],
  URL: ["https://example.org/"],
  JSON: [null, 1, "text", ["a"], { a: { b: [1, null] } }],
  JSONObject: [{}, { a: 1, b: { c: [null] } }, { __typename: "Project", constructor: "x" }],
  Int: [0, 1, 2, -1, 100],
  Float: [0, 1.5, -3],
  Boolean: [true, false],
  String: ["customer-demo", "demo", "dev", "a text"],
};

/** The same for arguments that say by their names what they are. */
const namedPools: Readonly<Record<string, readonly unknown[]>> = {
  username: ["demo", "al", "zu", "eve", "nosuch"],
  runtime: ["nodejs:8", "python:3.6"],
  permission: [
    ...["viewer", "platform:admin", "producer:read", "producer:admin", "pod:read", "pod:write"],
    ...[
      "project:read",
      "project:write",
      "project:admin",
      "functions:read",
      "functions:write",
      "functions:admin",
    ],
    ...["repo:read", "repo:write", "repo:admin"],
  ],
  tail: [1, 10, 100],
  tailLines: [1, 100],
};

/** Texts that mean something to what is behind the gateway, or to what writes its answers. */
const hostile: readonly unknown[] = [
  ...[
    "",
    " ",
    "..",
    "../../customer-eve/dev",
    "..%2f..%2fcustomer-eve%2fdev",
    "dev?sudo=lbadmin",
    "dev#",
    "a/b",
  ],
  ...["demo\r\nAuthorization: token x", "\u0000", "\u202e", "💥".repeat(50), "a".repeat(3_000), "\ud800"],
  ...[
    "__proto__",
    "constructor",
    "$PRODUCER",
    "{{7*7}}",
    "'; DROP TABLE users; --",
    "<script>alert(1)</script>",
  ],
  ...[123, -1e308, true, null, [], {}, [["demo"]], { __proto__: null }],
];

const globalId = (text: string) => Buffer.from(text, "utf8").toString("base64url");

/** Ids of things of both producers, and of none. */
export const fixedIds: readonly string[] = [
  ...["demo", "eve", "zu", "nosuch"].flatMap((name) => [
    globalId(`Project:${name}:dev`),
    globalId(`Producer:${name}`),
    globalId(`Repo:customer-${name}:dev`),
    globalId(`Repo:customer-${name}:functions`),
    globalId(`Deployment:${name}:dev:00000000-0000-4000-8000-000000000000`),
    globalId(`ProjectDeployment:${name}:dev:Workspace:${name}-dev`),
    globalId(`Pod:${name}:dev:FUNCTION:nosuch`),
  ]),
  globalId("Repo:customer-demo:../customer-eve/dev"),
  "nonsense",
];

/** What values are made of. */
export interface Names {
  readonly choices: Choices;
  /** Ids of things that are there, besides others that are not. */
  readonly ids: readonly string[];
  /** Whose things are asked for; undefined for anybody's. */
  readonly producer: string | undefined;
  /** Whether all is to be as it should be, so that it is done for whoever may have it done. */
  readonly isApt?: boolean;
}

/** A name, or whatever else a scalar is; what it is called may say more than its type. */
function scalarOf(type: string, name: string, names: Names): unknown {
  const { choices, ids, producer, isApt = false } = names;
  if (isApt) {
    const apt = aptPools[name] ?? aptPools[type];
    if (apt) return choices.pick(apt);
  } else if (choices.chance(2)) return choices.pick(hostile);
  if (type === "ID") return choices.pick(ids);
  if (producer !== undefined && type === "ProducerName") return producer;
  if (producer !== undefined && name === "owner") return `customer-${producer}`;
  return choices.pick(namedPools[name] ?? pools[type] ?? hostile);
}

/** A value for an argument or a field of one: mostly one that is well-formed. */
export function valueOf(type: GraphQLInputType, names: Names, name = ""): unknown {
  const { choices, isApt = false } = names;
  if (isNonNullType(type)) return valueOf(type.ofType, names, name);
  if (!isApt && choices.chance(1)) return choices.pick(hostile);
  if (isListType(type)) {
    return Array.from({ length: isApt ? 1 : choices.below(3) }, () => valueOf(type.ofType, names, name));
  }
  if (isEnumType(type)) return choices.pick(type.getValues()).name;
  if (!isInputObjectType(type)) return scalarOf(type.name, name, names);
  const fields = Object.values(type.getFields());
  const chosen = type.isOneOf
    ? choices.some(fields, 1)
    : fields.filter(
        (field) => isRequiredInputField(field) || (isApt ? aptFields.has(field.name) : choices.chance(35)),
      );
  return Object.fromEntries(chosen.map((field) => [field.name, valueOf(field.type, names, field.name)]));
}
