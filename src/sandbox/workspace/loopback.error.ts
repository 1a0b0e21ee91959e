import type { Reply } from "../http.ts";
import { expressJson } from "../configstore/express.reply.ts";

/** One complaint about one field of an instance. */
export interface Issue {
  field: string;
  code: string;
  message: string;
  /** The value, written as the message shows it. */
  value: string;
}

/** A failure as LoopBack's error handler writes it. */
export class LoopbackError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, more: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    const code = status < 500 ? { statusCode: status } : {};
    this.body = { name: "Error", status, message, ...code, ...more };
  }

  get reply(): Reply {
    return expressJson(this.status, { error: this.body });
  }
}

/** What a lookup by id answers when there is nothing. */
export function unknownId(kind: string, id: string): LoopbackError {
  return new LoopbackError(404, `Unknown "${kind}" id "${id}".`, { code: "MODEL_NOT_FOUND" });
}

/** What a method of an instance answers when there is no such instance. */
export function noModel(id: string): LoopbackError {
  return new LoopbackError(404, `could not find a model with id ${id}`, { code: "MODEL_NOT_FOUND" });
}

/** What a path below an instance answers when the related one is absent. */
export function noRelated(kind: string, id: string): LoopbackError {
  return new LoopbackError(404, `No instance with id ${id} found for ${kind}`);
}

/** An instance that does not pass; inside a list it is told with status 500. */
export function invalid(kind: string, issues: readonly Issue[], status = 422): LoopbackError {
  const told = issues.map(({ field, message, value }) => `\`${field}\` ${message} (value: ${value})`);
  const message = `The \`${kind}\` instance is not valid. Details: ${told.join("; ")}.`;
  const details = { context: kind, codes: grouped(issues, "code"), messages: grouped(issues, "message") };
  return new LoopbackError(status, message, { name: "ValidationError", details });
}

/** The answer to a list of which some were refused: null stands for those that were stored. */
export function manyFailed(failures: readonly (LoopbackError | undefined)[]): LoopbackError {
  return new LoopbackError(500, "Failed with multiple errors, see `details` for more information.", {
    details: failures.map((failure) => failure?.body ?? null),
  });
}

/** A failure of the file system, with the path on the pod's disk. */
export function fileError(
  code: string,
  syscall: string,
  path: string,
  more: Record<string, unknown> = {},
): LoopbackError {
  const [errno, about] = fileErrors[code] ?? [-1, "unknown error"];
  const fields = { errno, code, syscall, path };
  return new LoopbackError(500, `${code}: ${about}, ${syscall} '${path}'`, { ...fields, ...more });
}

const fileErrors: Readonly<Record<string, readonly [number, string]>> = {
  ENOENT: [-2, "no such file or directory"],
  ENOTDIR: [-20, "not a directory"],
  EISDIR: [-21, "illegal operation on a directory"],
  ENAMETOOLONG: [-36, "name too long"],
};

function grouped(issues: readonly Issue[], what: "code" | "message"): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const issue of issues) (groups[issue.field] ??= []).push(issue[what]);
  return groups;
}
