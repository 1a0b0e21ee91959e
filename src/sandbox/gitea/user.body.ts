import { createHash } from "node:crypto";
import type { GiteaState } from "./gitea.state.ts";
import type { User } from "./user.store.ts";

/** Gitea's zero time: what it shows of a time that is not the caller's business. */
export const noTime = "0001-01-01T00:00:00Z";

/** A time in the form Gitea writes, to the second. */
export function timeOf(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

/** A user as he himself and site admins see him. */
export function ownBody(state: GiteaState, user: User): Record<string, unknown> {
  return body(state, user, true, user.email);
}

/** A user as others see him: the flags are blank, the mail address is there for whoever is signed in. */
export function publicBody(state: GiteaState, user: User, isSigned: boolean): Record<string, unknown> {
  return body(state, user, false, isSigned ? user.email : `${user.login.toLowerCase()}@noreply.127.0.0.1`);
}

/** A user as this caller sees him. */
export function userBody(state: GiteaState, user: User, viewer: User | undefined): Record<string, unknown> {
  const isOwn = viewer !== undefined && (viewer === user || viewer.isAdmin);
  return isOwn ? ownBody(state, user) : publicBody(state, user, viewer !== undefined);
}

/** Where the picture of a user is. */
export function avatarUrl(state: GiteaState, user: User): string {
  return `${state.baseUrl}/avatars/${createHash("md5").update(user.email.toLowerCase()).digest("hex")}`;
}

function body(state: GiteaState, user: User, isOwn: boolean, email: string): Record<string, unknown> {
  return {
    id: user.id,
    login: user.login,
    login_name: isOwn ? user.loginName : "",
    full_name: user.fullName,
    email,
    avatar_url: avatarUrl(state, user),
    language: "",
    is_admin: isOwn && user.isAdmin,
    last_login: isOwn ? timeOf(user.lastLogin) : noTime,
    created: timeOf(user.created),
    restricted: isOwn && user.restricted,
    active: isOwn && user.active,
    prohibit_login: isOwn && user.prohibitLogin,
    location: user.location,
    website: user.website,
    description: user.description,
    visibility: user.visibility,
    followers_count: 0,
    following_count: 0,
    starred_repos_count: 0,
    username: user.login,
  };
}
