import { z } from "zod";
import { empty } from "../../http.ts";
import { formOf, refuseField } from "../form.parser.ts";
import { countHeaders, pageOf, sliceIfAsked } from "../paging.rule.ts";
import { notFound } from "../problem.error.ts";
import { answer, type RouteTable, type SignedCall } from "../route.table.ts";
import { timeOf } from "../user.body.ts";
import type { Application } from "./application.store.ts";

const form = z.object({
  name: z.string().nullish(),
  redirect_uris: z.array(z.string()).nullish(),
  confidential_client: z.boolean().nullish(),
});

const path = "/user/applications/oauth2";

/** The applications that people register. */
export function addApplicationRoutes(table: RouteTable): void {
  table.signed("GET", path, ["user"], (call) => {
    const own = call.state.oauth.applications.of(call.user);
    const bodies = sliceIfAsked(own, pageOf(call)).map((each) => applicationBody(each, ""));
    return answer(200, bodies, countHeaders(own.length));
  });

  table.signed("POST", path, ["user"], (call) => {
    const { name, redirect_uris, confidential_client } = formOf(call, form);
    if (!name) throw refuseField("Name");
    if (!redirect_uris?.length) throw refuseField("RedirectURIs");
    const isConfidential = confidential_client ?? false;
    const wanted = { name, redirectUris: redirect_uris, isConfidential };
    const made = call.state.oauth.applications.add(wanted, call.state.now(), call.user);
    // The secret is shown this once.
    return answer(201, applicationBody(made, made.clientSecret));
  });

  // Anybody may read any application by its id; taken away it is by its owner only.
  table.signed("GET", `${path}/:id`, ["user"], (call) =>
    answer(200, applicationBody(applicationOf(call), "")),
  );

  table.signed("DELETE", `${path}/:id`, ["user"], (call) => {
    const application = applicationOf(call);
    if (application.owner !== call.user) throw notFound();
    call.state.removeApplication(application);
    return empty(204);
  });
}

function applicationOf(call: SignedCall): Application {
  const application = call.state.oauth.applications.byId(Number(call.request.params["id"]));
  if (application === undefined) throw notFound();
  return application;
}

function applicationBody(application: Application, secret: string): Record<string, unknown> {
  return {
    id: application.id,
    name: application.name,
    client_id: application.clientId,
    client_secret: secret,
    confidential_client: application.isConfidential,
    redirect_uris: application.redirectUris,
    created: timeOf(application.created),
  };
}
