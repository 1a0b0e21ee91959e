import { posix } from "node:path";
import { changeFiles } from "./contents.change.ts";
import { contentsBody } from "./contents.body.ts";
import { fileForm, filesForm, operationOf, type FileOperation } from "./contents.form.ts";
import { fileCommitBody, unsigned } from "./commit.body.ts";
import { formOf } from "./form.parser.ts";
import { entryAt, foldersOf, type Commit } from "./git.objects.ts";
import { reaches } from "./permission.rule.ts";
import { brokenInside, notFound, Problem, tokenRequired } from "./problem.error.ts";
import { answer, type RepositoryCall, type RouteTable } from "./route.table.ts";
import type { User } from "./user.store.ts";

/** Files and folders: reading them, and changing them by commits. */
export function addContentsRoutes(table: RouteTable): void {
  for (const path of ["/contents", "/contents/*"]) {
    table.repository("GET", path, {}, (call) => answer(200, read(call)));
  }

  for (const [method, operation, status] of changes) {
    table.repository(method, "/contents/*", { signed: true }, async (call) => {
      const form = formOf(call, fileForm);
      const file = operationOf(operation, call.request.params["*"] ?? "", form);
      const { commit, branch } = await changeFiles(call.state, call.repository, writer(call), form, [file]);
      const content = fileBody(call, commit, branch, file);
      return answer(status, { content, commit: commitOf(call, commit), verification: unsigned });
    });
  }

  table.repository("POST", "/contents", { signed: true }, async (call) => {
    const form = formOf(call, filesForm);
    const operations = (form.files ?? []).map((file) =>
      operationOf(file.operation ?? "", file.path ?? "", file),
    );
    const { commit, branch } = await changeFiles(call.state, call.repository, writer(call), form, operations);
    const files = operations.map((file) => fileBody(call, commit, branch, file));
    return answer(201, { files, commit: commitOf(call, commit), verification: unsigned });
  });
}

const changes = [
  ["POST", "create", 201],
  ["PUT", "update", 200],
  ["DELETE", "delete", 200],
] as const;

/** The caller, who has to be allowed to write; Gitea asks this only after it has read the body. */
function writer(call: RepositoryCall): User {
  if (call.user === undefined) throw tokenRequired();
  if (!reaches(call.access, "write"))
    throw new Problem(403, "user should have a permission to write to this branch");
  if (call.repository.archivedAt !== undefined) throw brokenInside();
  return call.user;
}

function commitOf(call: RepositoryCall, commit: Commit): Record<string, unknown> {
  return fileCommitBody(call.state, call.repository, commit);
}

function fileBody(call: RepositoryCall, commit: Commit, reference: string, file: FileOperation): unknown {
  const entry = file.operation === "delete" ? undefined : entryAt(commit, file.path);
  return entry === undefined
    ? null
    : contentsBody(call.state, call.repository, { commit, reference }, entry, true);
}

function read(call: RepositoryCall): unknown {
  const { repository, state } = call;
  if (repository.git.isEmpty) return [];
  const path = cleanPath(call.request.params["*"] ?? "");
  const reference = call.request.query.get("ref") || repository.defaultBranch;
  const commit = repository.git.resolve(reference);
  if (commit === undefined)
    throw notFound("GetContentsOrList", [`object does not exist [id: ${reference}, rel_path: ]`]);
  const entry = path === "" ? undefined : entryAt(commit, path);
  if (entry?.type === "file") return contentsBody(state, repository, { commit, reference }, entry, true);
  const entries = foldersOf(commit.files).get(path);
  if (entries === undefined) {
    throw notFound("GetContentsOrList", [
      `object does not exist [id: , rel_path: ${firstMissing(commit, path)}]`,
    ]);
  }
  return entries.map((one) => contentsBody(state, repository, { commit, reference }, one, false));
}

/** The path without dots, as if the repository were the root of a file system. */
function cleanPath(path: string): string {
  const parts = posix.join("/", path).split("/").filter(Boolean);
  if (parts.some((part) => part.toLowerCase() === ".git")) throw brokenInside();
  return parts.join("/");
}

/** Gitea names the folder it could not enter, or the whole path when only its end is missing. */
function firstMissing(commit: Commit, path: string): string {
  const parts = path.split("/");
  const folders = foldersOf(commit.files);
  const missing = parts.findIndex(
    (_, index) => index < parts.length - 1 && !folders.has(parts.slice(0, index + 1).join("/")),
  );
  return missing < 0 ? path : (parts[missing] ?? path);
}
