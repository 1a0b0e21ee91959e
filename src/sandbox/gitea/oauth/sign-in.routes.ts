import type { Reply } from "../../http.ts";
import type { User } from "../user.store.ts";
import { lockedOut, ownForm, signedInUser, withSession, type BrowserCall } from "./browser.call.ts";
import { Html, html, page, sendOn } from "./page.html.ts";

/** The page on which somebody says who they are. */
function signInPage(call: BrowserCall, problem?: string): Reply {
  const { people } = call.state.oauth;
  const csrf = html`<input type="hidden" name="_csrf" value="${call.session.csrf}" />`;
  const known = people.map(
    ({ name, login, about }) =>
      html`<li>
        <button name="person" value="${login}">Sign in as ${name}</button> <span class="about">${about}</span>
      </li>`,
  );
  return page(
    200,
    "Sign in",
    html`
      ${problem === undefined ? new Html("") : html`<p role="alert" class="error">${problem}</p>`}
      <form method="post" action="/user/login" aria-label="As one of the sandbox's people">
        ${csrf}
        <ul>
          ${known}
        </ul>
      </form>
      <h2>With a password</h2>
      <form method="post" action="/user/login" aria-label="With a password">
        ${csrf}
        <label for="user_name">User name</label>
        <input id="user_name" name="user_name" autocomplete="username" required />
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
        <p><button class="plain">Sign in</button></p>
      </form>
    `,
  );
}

/** What is shown to who wants to sign in, or has already. */
export function signInOnce(call: BrowserCall): Reply {
  return signedInUser(call) === undefined ? signInPage(call) : sendOn(call.session.returnTo);
}

/** Signs in whoever was named, and goes on to where the browser was going. */
export function signIn(call: BrowserCall): Reply {
  const { state, session } = call;
  const form = ownForm(call);
  const user = userNamed(call, form("person"), form("user_name"), form("password"));
  if (user === undefined) return signInPage(call, "Username or password is incorrect.");
  const refusal = lockedOut(user);
  if (refusal) return refusal;
  user.lastLogin = state.now();
  // Whoever knew the cookie of before knows nothing of the session of now.
  state.oauth.sessions.end(session);
  return withSession(sendOn(session.returnTo), state.oauth.sessions.begin(user));
}

/** What a browser sees that goes nowhere in particular. */
export function homePage(call: BrowserCall): Reply {
  const user = signedInUser(call);
  if (user === undefined) return sendOn("/user/login");
  return page(
    200,
    "Signed in",
    html`
      <p>You are signed in here as <strong>${user.login}</strong>.</p>
      <form method="post" action="/user/logout">
        <input type="hidden" name="_csrf" value="${call.session.csrf}" />
        <button>Sign out</button>
      </form>
    `,
  );
}

export function signOut(call: BrowserCall): Reply {
  ownForm(call);
  call.state.oauth.sessions.end(call.session);
  return withSession(sendOn("/"), call.state.oauth.sessions.begin());
}

function userNamed(
  { state }: BrowserCall,
  person: string,
  login: string,
  password: string,
): User | undefined {
  if (person !== "") {
    return state.oauth.people.some((each) => each.login === person) ? state.users.byLogin(person) : undefined;
  }
  const user = state.users.byLogin(login) ?? state.users.byEmail(login);
  return user?.password !== undefined && user.password === password ? user : undefined;
}
