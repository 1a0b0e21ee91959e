import { z } from "zod";
import { empty, type Reply } from "../http.ts";
import { formOf, refuseField } from "./form.parser.ts";
import { accessOf } from "./permission.rule.ts";
import { notFound } from "./problem.error.ts";
import { repositoryBody } from "./repository.body.ts";
import type { Repository } from "./repository.store.ts";
import { answer, userOf, type RouteTable, type SignedCall } from "./route.table.ts";
import type { User } from "./user.store.ts";

const text = z.string().nullish();
const flag = z.boolean().nullish();
const createForm = z.object({
  name: text,
  private: flag,
  auto_init: flag,
  default_branch: text,
  description: text,
});
const editForm = z.object({
  name: text,
  description: text,
  website: text,
  private: flag,
  archived: flag,
  default_branch: text,
  has_issues: flag,
  has_wiki: flag,
});

/** Single repositories: making, reading, changing and removing them. */
export function addRepositoryRoutes(table: RouteTable): void {
  table.signed("POST", "/user/repos", ["user", "repository"], (call) => create(call, call.user));
  table.admin("POST", "/users/:user/repos", (call) => create(call, userOf(call)));

  table.repository("GET", "", {}, (call) =>
    answer(200, repositoryBody(call.state, call.repository, call.access)),
  );

  table.signed("GET", "/repositories/:id", ["repository"], (call) => {
    const repository = call.state.repositories.byId(Number(call.request.params["id"]));
    const access = repository === undefined ? "none" : accessOf(call.user, repository);
    if (repository === undefined || access === "none") throw notFound();
    return answer(200, repositoryBody(call.state, repository, access));
  });

  table.repository("PATCH", "", { access: "admin" }, (call) => {
    const { repository, state } = call;
    const form = formOf(call, editForm);
    if (form.name) {
      checkName(form.name);
      if (form.name !== repository.name) state.repositories.rename(repository, form.name);
    }
    repository.description = form.description ?? repository.description;
    repository.website = form.website ?? repository.website;
    repository.private = form.private ?? repository.private;
    repository.hasIssues = form.has_issues ?? repository.hasIssues;
    repository.hasWiki = form.has_wiki ?? repository.hasWiki;
    if (form.default_branch && repository.git.branches.has(form.default_branch)) {
      repository.defaultBranch = form.default_branch;
    }
    if (form.archived != null) repository.archivedAt = form.archived ? state.now() : undefined;
    repository.updated = state.now();
    return answer(200, repositoryBody(state, repository, call.access));
  });

  table.repository("DELETE", "", { access: "owner" }, (call) => {
    call.state.repositories.remove(call.repository);
    return empty(204);
  });
}

function create(call: SignedCall, owner: User): Reply {
  const form = formOf(call, createForm);
  checkName(form.name ?? "");
  const wanted = {
    name: form.name ?? "",
    private: form.private ?? false,
    description: form.description ?? "",
    defaultBranch: form.default_branch || "master",
  };
  const repository = call.state.repositories.add(owner, wanted, call.state.now());
  if (form.auto_init === true) addFirstCommit(call, repository);
  return answer(201, repositoryBody(call.state, repository, accessOf(call.user, repository)));
}

function addFirstCommit(call: SignedCall, repository: Repository): void {
  const readme = Buffer.from(`# ${repository.name}\n\n${repository.description}`);
  const { login: name, email } = call.user;
  const author = { name, email, date: call.state.now() };
  repository.git.commit(repository.defaultBranch, new Map([["README.md", readme]]), {
    author,
    message: "Initial commit",
  });
}

function checkName(name: string): void {
  if (name === "") throw refuseField("Name");
  if (name.length > 100) throw refuseField("Name", "MaxSize");
  if (/[^\w.-]/.test(name)) throw refuseField("Name", "AlphaDashDot");
}
