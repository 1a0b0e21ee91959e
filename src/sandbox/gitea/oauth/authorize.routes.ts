import type { Reply } from "../../http.ts";
import { Problem } from "../problem.error.ts";
import { mayReturnTo, type Application } from "./application.store.ts";
import { ownForm, type SignedInCall } from "./browser.call.ts";
import type { Grant } from "./grant.store.ts";
import { html, page, sendOn } from "./page.html.ts";
import type { Asked } from "./session.store.ts";

/** Answers an application that wants somebody's consent: with the page for it, or at once where it was given before. */
export function authorize(call: SignedInCall): Reply {
  const { state, user, request } = call;
  const asked = (name: string): string => request.query.get(name) ?? "";
  const wanted = wantedBy(asked);
  const application = state.oauth.applications.byClientId(wanted.clientId);
  if (application === undefined) return refusalPage("Client ID not registered");
  // Whoever makes the address up must not learn a code by it, so nobody is sent there.
  if (!mayReturnTo(application, wanted.redirectUri)) return refusalPage("Unregistered Redirect URI");
  if (asked("response_type") !== "code") {
    return sendBack(wanted, "unsupported_response_type", "Only code response type is supported.");
  }
  if (wanted.challengeMethod === "" && !application.isConfidential) {
    return sendBack(wanted, "invalid_request", "PKCE is required for public clients");
  }
  if (!["", "plain", "S256"].includes(wanted.challengeMethod)) {
    return sendBack(wanted, "invalid_request", "unsupported code challenge method");
  }

  const grant = state.oauth.grants.find(user, application);
  if (!application.isConfidential || grant === undefined)
    return consentPage(call, application, wanted, asked);
  grant.scope = asked("scope");
  if (asked("nonce") !== "") grant.nonce = asked("nonce");
  return sendCode(call, grant, wanted);
}

/** Takes what was chosen on the page of consent. */
export function grantAccess(call: SignedInCall): Reply {
  const { state, session, user } = call;
  const form = ownForm(call);
  const key = keyOf(form("client_id"), form("state"), form("redirect_uri"));
  const wanted = session.asked.get(key);
  if (wanted === undefined) throw new Problem(400, "Bad Request");
  if (form("granted") !== "true") return sendBack(wanted, "access_denied", "the request is denied");
  const application = state.oauth.applications.byClientId(wanted.clientId);
  if (application === undefined) throw new Problem(500, "");
  session.asked.delete(key);

  const grant = state.oauth.grants.find(user, application) ?? state.oauth.grants.add(user, application, "");
  grant.scope = form("scope");
  if (form("nonce") !== "") grant.nonce = form("nonce");
  const forgotten = { challenge: "", challengeMethod: "" };
  return sendCode(call, grant, { ...wanted, ...(state.oauth.settings.forgetsChallenge && forgotten) });
}

function wantedBy(asked: (name: string) => string): Asked {
  return {
    clientId: asked("client_id"),
    redirectUri: asked("redirect_uri"),
    state: asked("state"),
    challenge: asked("code_challenge"),
    challengeMethod: asked("code_challenge_method"),
  };
}

function consentPage(
  call: SignedInCall,
  application: Application,
  wanted: Asked,
  asked: (name: string) => string,
): Reply {
  const { clientId, state, redirectUri } = wanted;
  call.session.asked.set(keyOf(clientId, state, redirectUri), wanted);
  const fields = {
    _csrf: call.session.csrf,
    client_id: clientId,
    state,
    scope: asked("scope"),
    nonce: asked("nonce"),
    redirect_uri: redirectUri,
  };
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return page(
    200,
    `Authorize "${application.name}" to access your account?`,
    html`
      <p>It will be able to do for <strong>${call.user.login}</strong> what you may do here.</p>
      <p>You will be sent to <code>${redirectUri}</code>.</p>
      <form method="post" action="/login/oauth/grant">
        ${hidden}
        <button name="granted" value="true">Authorize</button>
        <button name="granted" value="false" class="plain">Cancel</button>
      </form>
    `,
  );
}

function sendCode({ state }: SignedInCall, grant: Grant, wanted: Asked): Reply {
  const { redirectUri, challenge, challengeMethod } = wanted;
  const expires = new Date(state.now().getTime() + state.oauth.settings.codeSeconds * 1000);
  const code = state.oauth.grants.addCode({ grant, redirectUri, challenge, challengeMethod, expires });
  const address = new URL(redirectUri);
  address.searchParams.set("code", code);
  if (wanted.state !== "") address.searchParams.set("state", wanted.state);
  return sendOn(address.href);
}

function sendBack(wanted: Asked, error: string, description: string): Reply {
  const address = new URL(wanted.redirectUri);
  address.searchParams.set("error", error);
  address.searchParams.set("error_description", description);
  address.searchParams.set("state", wanted.state);
  return sendOn(address.href);
}

function refusalPage(description: string): Reply {
  return page(400, "Authorization failed", html`<p role="alert" class="error">${description}</p>`);
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
