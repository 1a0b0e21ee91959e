import { z } from "zod";
import { empty, type Reply } from "../http.ts";
import { formOf, refuseField } from "./form.parser.ts";
import type { Key } from "./key.store.ts";
import { pageHeaders, pageOf, sliceIfAsked } from "./paging.rule.ts";
import { notFound, Problem } from "./problem.error.ts";
import { answer, userOf, type Call, type RouteTable, type SignedCall } from "./route.table.ts";
import { ownBody, timeOf } from "./user.body.ts";
import type { User } from "./user.store.ts";

const form = z.object({ title: z.string().nullish(), key: z.string().nullish() });

/** The public SSH keys of users. */
export function addKeyRoutes(table: RouteTable): void {
  table.signed("GET", "/user/keys", ["user"], (call) => list(call, call.user));
  table.signed("GET", "/users/:user/keys", ["user"], (call) => list(call, userOf(call)));
  table.signed("POST", "/user/keys", ["user"], (call) => create(call, call.user));
  table.admin("POST", "/users/:user/keys", (call) => create(call, userOf(call)));

  // Anybody may read any key by its id; whose it is, only its owner and site admins are told.
  table.signed("GET", "/user/keys/:id", ["user"], (call) => answer(200, keyBody(call, keyOf(call))));

  table.signed("DELETE", "/user/keys/:id", ["user"], remove);
  table.admin("DELETE", "/users/:user/keys/:id", (call) => {
    userOf(call);
    return remove(call);
  });
}

function list(call: SignedCall, user: User): Reply {
  const keys = call.state.keys.of(user);
  const page = pageOf(call);
  const bodies = sliceIfAsked(keys, page).map((key) => keyBody(call, key));
  return answer(200, bodies, pageHeaders(call, keys.length, page));
}

function create(call: SignedCall, user: User): Reply {
  const { title, key } = formOf(call, form);
  if (!title) throw refuseField("Title");
  if (!key) throw refuseField("Key");
  return answer(201, keyBody(call, call.state.keys.add(user, title, key, call.state.now())));
}

function remove(call: SignedCall): Reply {
  const key = keyOf(call);
  if (key.user !== call.user && !call.user.isAdmin)
    throw new Problem(403, "You do not have access to this key");
  call.state.keys.remove(key);
  return empty(204);
}

function keyOf(call: Call): Key {
  const key = call.state.keys.byId(Number(call.request.params["id"]));
  if (key === undefined) throw notFound();
  return key;
}

function keyBody(call: SignedCall, key: Key): Record<string, unknown> {
  const isOwn = key.user === call.user || call.user.isAdmin;
  return {
    id: key.id,
    key: key.content,
    url: `${call.state.baseUrl}/api/v1/user/keys/${key.id}`,
    title: key.title,
    fingerprint: key.fingerprint,
    created_at: timeOf(key.created),
    ...(isOwn ? { user: ownBody(call.state, key.user), key_type: "user" } : {}),
  };
}
