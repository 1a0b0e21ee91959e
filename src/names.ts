import { variableNameProblem, variableValueProblem } from "./variable.rule.ts";

/**
 * What names may look like. A name that passes here can stand in an upstream's address and in the name of a
 * Kubernetes object; everything else is refused before anybody is asked.
 */

/** A kind of name: its rule in words (shown in GraphiQL and in errors) and as a check. */
export interface NameRule {
  readonly rule: string;
  readonly accepts: (value: string) => boolean;
}

const matching = (pattern: RegExp, longest: number) => (value: string) =>
  value.length <= longest && pattern.test(value);

const plainText = (longest: number) => (value: string) =>
  value.trim() !== "" && value.length <= longest && !/[\u0000-\u001f\u007f]/.test(value);

/** Keys that mean something else in the files that names become keys of. */
const taken: ReadonlySet<string> = new Set(["_meta", "__proto__", "constructor", "prototype"]);

/** Words that are no identifiers in JavaScript, and one that is no folder for anything else. */
const reserved: ReadonlySet<string> = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false finally " +
    "for function if implements import in instanceof interface let new null package private protected public return " +
    "static super switch this throw true try typeof var void while with yield node_modules"
  ).split(" "),
);

const giteaName = /^[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*$/;
const unsafePathCharacters = /[\u0000-\u001f\u007f\\]/;

function isFilePath(value: string): boolean {
  if (value.length === 0 || value.length > 1000 || unsafePathCharacters.test(value)) return false;
  return value.split("/").every((segment) => {
    const plain = segment.trim().toLowerCase();
    return plain !== "" && plain !== "." && plain !== ".." && plain !== ".git";
  });
}

function isGitReference(value: string): boolean {
  if (value.length === 0 || value.length > 200) return false;
  if (!/^[A-Za-z0-9._/+-]+$/.test(value) || /\.\.|\/\/|\/\.|\.lock(?:\/|$)/.test(value)) return false;
  return !/^[-/.]|[/.]$/.test(value);
}

export const nameRules = {
  ProducerName: {
    rule: "1 to 30 lower-case letters, digits and inner dashes, beginning with a letter or digit",
    accepts: matching(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 30),
  },
  EnvironmentName: {
    rule: "1 to 20 lower-case letters and digits, beginning with a letter",
    accepts: matching(/^[a-z][a-z0-9]*$/, 20),
  },
  PodName: {
    rule: "1 to 253 lower-case letters, digits and inner dots and dashes",
    accepts: matching(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/, 253),
  },
  LogPosition: {
    rule: "the position of a line of a log, unchanged",
    accepts: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z\.[A-Za-z0-9_-]{8}\.[1-9]\d{0,8}$/, 60),
  },
  AuditPosition: {
    rule: "the position of an entry of an audit trail, unchanged",
    accepts: matching(/^\d{1,15}-\d{1,10}\.\d$/, 30),
  },
  Login: {
    rule: "1 to 40 letters, digits and single inner dashes, dots and underscores",
    accepts: matching(giteaName, 40),
  },
  RepositoryName: {
    rule: "1 to 100 letters, digits, dashes, dots and underscores; no leading or doubled dot, and not ending in .git or .wiki",
    accepts: (value: string) =>
      matching(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/, 100)(value) &&
      !/\.\.|\.(?:git|wiki|rss|atom)$/i.test(value) &&
      value !== "-",
  },
  FilePath: {
    rule: "a relative path of 1 to 1,000 characters without empty, `.`, `..` or `.git` segments, backslashes or control characters",
    accepts: isFilePath,
  },
  GitReference: {
    rule: "a branch, tag or commit of 1 to 200 letters, digits, dots, dashes, underscores, pluses and slashes",
    accepts: isGitReference,
  },
  BlobSha: {
    rule: "40 or 64 hexadecimal digits",
    accepts: matching(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 64),
  },
  ModelName: {
    rule: "1 to 100 letters, digits, dashes and underscores; not one that JavaScript or the platform uses itself",
    accepts: (value: string) => matching(/^[A-Za-z0-9_-]+$/, 100)(value) && !taken.has(value),
  },
  MemberName: {
    rule: "1 to 100 letters, digits, dashes and underscores; not one that JavaScript uses itself",
    accepts: (value: string) => matching(/^[A-Za-z0-9_-]+$/, 100)(value) && !taken.has(value),
  },
  MethodName: {
    rule: "1 to 100 letters, digits, dashes and underscores, after `prototype.` if it is of instances",
    accepts: (value: string) =>
      matching(/^(?:prototype\.)?[A-Za-z0-9_-]+$/, 110)(value) &&
      !taken.has(value.replace(/^prototype\./, "")),
  },
  DataSourceName: {
    rule: "1 to 100 letters, digits, dashes and underscores; not one that JavaScript or the platform uses itself",
    accepts: (value: string) => matching(/^[A-Za-z0-9_-]+$/, 100)(value) && !taken.has(value),
  },
  FunctionName: {
    rule: "a JavaScript identifier of 1 to 100 letters, digits, underscores and dollar signs; not a word that JavaScript or the platform uses itself",
    accepts: (value: string) =>
      matching(/^[A-Za-z_$][A-Za-z0-9_$]*$/, 100)(value) && !taken.has(value) && !reserved.has(value),
  },
  PolicyName: {
    rule: "1 to 100 lower-case letters, digits and dashes, beginning with a letter; not `id`",
    accepts: (value: string) => matching(/^[a-z][a-z0-9-]*$/, 100)(value) && value !== "id",
  },
  ConsumerName: {
    rule: "1 to 100 letters, digits, dots, dashes, underscores, pluses and at signs, beginning with a letter or digit",
    accepts: matching(/^[A-Za-z0-9][A-Za-z0-9._@+-]*$/, 100),
  },
  ScopeName: {
    rule: "1 to 100 letters, digits, dots, colons, dashes and underscores, beginning with a letter or digit",
    accepts: matching(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, 100),
  },
  VariableName: {
    rule: "1 to 100 letters, digits and underscores, not beginning with a digit; not one that the platform sets, or that says how a process starts",
    accepts: (value: string) => variableNameProblem(value) === undefined,
  },
  VariableValue: {
    rule: "text of at most 10,000 bytes",
    accepts: (value: string) => variableValueProblem(value) === undefined,
  },
  EmailAddress: {
    rule: "an address such as joe@example.org, of at most 200 characters",
    accepts: matching(/^[^\s@\u0000-\u001f\u007f]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/, 200),
  },
  WebAddress: {
    rule: "an http or https address of at most 1,000 characters",
    accepts: (value: string) =>
      value.length <= 1000 && /^https?:\/\/\S+$/i.test(value) && URL.canParse(value),
  },
  EntityId: {
    rule: "1 to 200 characters, not only white space, without control characters",
    accepts: plainText(200),
  },
  EntityName: {
    rule: "1 to 200 characters, not only white space, without control characters",
    accepts: plainText(200),
  },
  Reason: {
    rule: "1 to 200 characters, not only white space, without control characters",
    accepts: plainText(200),
  },
  Revision: {
    rule: "a revision of an earlier answer, unchanged",
    accepts: matching(/^[A-Za-z0-9_-]{20,64}$/, 64),
  },
  SearchText: {
    rule: "1 to 100 characters, not only white space, without control characters",
    accepts: plainText(100),
  },
  CommitMessage: {
    rule: "1 to 2,000 characters, not only white space",
    accepts: (value: string) => value.trim() !== "" && value.length <= 2000 && !value.includes("\u0000"),
  },
  SshPublicKey: {
    rule: "one line: the key's kind (ssh-ed25519, ssh-rsa, ecdsa-sha2-… or sk-…), the key in base64 and, if you like, a comment",
    accepts: matching(
      /^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [A-Za-z0-9+/]{20,}={0,2}(?: [^\u0000-\u001f\u007f]*)?$/,
      10_000,
    ),
  },
  SshKeyId: {
    rule: "1 to 15 digits",
    accepts: matching(/^[0-9]+$/, 15),
  },
  KeyTitle: {
    rule: "1 to 100 characters, not only white space, without control characters",
    accepts: plainText(100),
  },
} satisfies Record<string, NameRule>;

export type NameKind = keyof typeof nameRules;
