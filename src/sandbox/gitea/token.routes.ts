import { z } from "zod";
import { empty } from "../http.ts";
import { formOf, refuseField } from "./form.parser.ts";
import { pageHeaders, pageOf, sliceIfAsked } from "./paging.rule.ts";
import { notFound, Problem } from "./problem.error.ts";
import { answer, userOf, type Call, type RouteTable } from "./route.table.ts";
import { checkScopes } from "./scope.rule.ts";
import type { Token } from "./token.store.ts";
import type { User } from "./user.store.ts";

const form = z.object({ name: z.string().nullish(), scopes: z.array(z.string()).nullish() });

/** Personal access tokens; a token cannot make tokens, that takes Basic authentication. */
export function addTokenRoutes(table: RouteTable): void {
  table.open("GET", "/users/:user/tokens", ["user"], (call) => {
    const tokens = call.state.tokens.of(ownerOf(call));
    const page = pageOf(call);
    const bodies = sliceIfAsked(tokens, page).map((token) => tokenBody(token, "", token.scopes));
    return answer(200, bodies, pageHeaders(call, tokens.length, page));
  });

  table.open("POST", "/users/:user/tokens", ["user"], (call) => {
    const owner = ownerOf(call);
    const { name, scopes } = formOf(call, form);
    if (!name) throw refuseField("Name");
    if (call.state.tokens.of(owner).some((token) => token.name === name)) {
      throw new Problem(400, "access token name has been used already");
    }
    checkScopes(scopes ?? []);
    const wanted = { name, scopes: scopes?.length ? scopes : [""] };
    const token = call.state.tokens.add(owner, call.state.now(), wanted);
    // The secret is shown this once; the scopes only in the list.
    return answer(201, tokenBody(token, token.secret, null));
  });

  table.open("DELETE", "/users/:user/tokens/:token", ["user"], (call) => {
    const wanted = call.request.params["token"];
    const tokens = call.state.tokens.of(ownerOf(call));
    const token =
      tokens.find(({ id }) => String(id) === wanted) ?? tokens.find(({ name }) => name === wanted);
    if (token === undefined) throw notFound();
    call.state.tokens.remove(token);
    return empty(204);
  });
}

function ownerOf(call: Call): User {
  const owner = userOf(call);
  if (call.user !== owner && call.user?.isAdmin !== true) {
    throw new Problem(403, "doer should be the site admin or be same as the contextUser");
  }
  if (!call.caller.basic) throw new Problem(401, "auth required");
  return owner;
}

function tokenBody(token: Token, secret: string, scopes: readonly string[] | null): Record<string, unknown> {
  return { id: token.id, name: token.name, sha1: secret, token_last_eight: token.secret.slice(-8), scopes };
}
