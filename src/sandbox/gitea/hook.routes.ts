import { z } from "zod";
import { empty } from "../http.ts";
import { formOf, refuseField } from "./form.parser.ts";
import { deliverTo } from "./hook.delivery.ts";
import { trialPayload } from "./hook.payload.ts";
import { eventsFrom, newHook, type Hook } from "./hook.store.ts";
import { pageHeaders, pageOf, sliceIfAsked } from "./paging.rule.ts";
import { notFound, Problem } from "./problem.error.ts";
import { answer, type RepositoryCall, type RouteTable } from "./route.table.ts";
import { timeOf } from "./user.body.ts";

const text = z.string().nullish();
const shared = {
  config: z.record(z.string(), z.string()).nullish(),
  events: z.array(z.string()).nullish(),
  branch_filter: text,
  authorization_header: text,
  active: z.boolean().nullish(),
};
const createForm = z.object({ ...shared, type: text });
const editForm = z.object(shared);

const hookTypes = [
  ...[
    "gitea",
    "gogs",
    "slack",
    "discord",
    "dingtalk",
    "telegram",
    "msteams",
    "feishu",
    "matrix",
    "wechatwork",
  ],
  "packagist",
];

/** The webhooks of a repository, for whoever administers it. */
export function addHookRoutes(table: RouteTable): void {
  table.repository("GET", "/hooks", { access: "admin" }, (call) => {
    const { hooks } = call.repository;
    const page = pageOf(call);
    return answer(200, sliceIfAsked(hooks, page).map(hookBody), pageHeaders(call, hooks.length, page));
  });

  table.repository("POST", "/hooks", { access: "admin" }, (call) => {
    const form = formOf(call, createForm);
    if (!form.type) throw refuseField("Type");
    if (!form.config) throw refuseField("Config");
    if (!hookTypes.includes(form.type)) throw new Problem(422, `Invalid hook type: ${form.type}`);
    const { url, content_type: contentType } = form.config;
    if (url === undefined) throw new Problem(422, "Missing config option: url");
    if (contentType === undefined) throw new Problem(422, "Missing config option: content_type");
    const wanted = {
      type: form.type,
      url,
      contentType: contentTypeOf(contentType),
      secret: form.config["secret"] ?? "",
      events: form.events ?? [],
      branchFilter: form.branch_filter ?? "",
      authorizationHeader: form.authorization_header ?? "",
      active: form.active ?? false,
    };
    const hook = newHook(call.state.nextHookId(), wanted, call.state.now());
    call.repository.hooks.push(hook);
    return answer(201, hookBody(hook));
  });

  table.repository("GET", "/hooks/:id", { access: "admin" }, (call) => answer(200, hookBody(hookOf(call))));

  table.repository("PATCH", "/hooks/:id", { access: "admin" }, (call) => {
    const form = formOf(call, editForm);
    const hook = hookOf(call);
    hook.url = form.config?.["url"] ?? hook.url;
    hook.contentType = contentTypeOf(form.config?.["content_type"] ?? hook.contentType);
    // What an edit does not name is not kept but cleared; only the secret always stays as it was.
    hook.events = eventsFrom(form.events ?? []);
    hook.branchFilter = form.branch_filter ?? "";
    hook.authorizationHeader = form.authorization_header ?? "";
    hook.active = form.active ?? hook.active;
    hook.updated = call.state.now();
    return answer(200, hookBody(hook));
  });

  table.repository("DELETE", "/hooks/:id", { access: "admin" }, (call) => {
    call.repository.hooks.splice(call.repository.hooks.indexOf(hookOf(call)), 1);
    return empty(204);
  });

  table.repository("POST", "/hooks/:id/tests", { access: "admin" }, (call) => {
    const { state, repository, user } = call;
    const hook = hookOf(call);
    const head = repository.git.branches.get(repository.defaultBranch)?.head;
    if (head !== undefined && user !== undefined) {
      const payload = trialPayload(state, repository, user, head);
      deliverTo(state, hook, { event: "push", branch: repository.defaultBranch, payload });
    }
    return empty(204);
  });
}

function contentTypeOf(name: string): "json" | "form" {
  if (name !== "json" && name !== "form") throw new Problem(422, "Invalid content type");
  return name;
}

function hookOf(call: RepositoryCall): Hook {
  const hook = call.repository.hooks.find(({ id }) => String(id) === call.request.params["id"]);
  if (hook === undefined) throw notFound();
  return hook;
}

function hookBody(hook: Hook): Record<string, unknown> {
  return {
    id: hook.id,
    type: hook.type,
    branch_filter: hook.branchFilter,
    config: { content_type: hook.contentType, url: hook.url },
    events: hook.events,
    authorization_header: hook.authorizationHeader,
    active: hook.active,
    updated_at: timeOf(hook.updated),
    created_at: timeOf(hook.created),
  };
}
