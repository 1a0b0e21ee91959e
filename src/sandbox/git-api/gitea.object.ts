/** An object as Gitea sends it: git-api's client library knows an older, smaller set of its fields. */
export type GiteaObject = Record<string, unknown>;

const userFields = ["id", "login", "full_name", "email", "avatar_url", "username"];
const repositoryFields = [
  ...["id", "owner", "name", "full_name", "description", "empty", "private", "fork", "parent", "mirror"],
  ...["size", "html_url", "ssh_url", "clone_url", "website", "stars_count", "forks_count", "watchers_count"],
  ...["open_issues_count", "default_branch", "created_at", "updated_at", "permissions"],
];
const keyFields = ["id", "key", "url", "title", "fingerprint", "created_at"];

/** A user as git-api shows one. */
export function userOf(gitea: GiteaObject): GiteaObject {
  return pick(gitea, userFields);
}

/** A repository as git-api shows one. */
export function repositoryOf(gitea: GiteaObject): GiteaObject {
  return { ...pick(gitea, repositoryFields), owner: userOf(gitea["owner"] as GiteaObject) };
}

/** A repository as the build with `myrepos` shows it there: its client library is a little newer. */
export function myRepositoryOf(gitea: GiteaObject): GiteaObject {
  const owner = pick(gitea["owner"] as GiteaObject, [...userFields, "language"]);
  return { ...pick(gitea, [...repositoryFields, "archived"]), owner };
}

/** A public SSH key as git-api shows one. */
export function keyOf(gitea: GiteaObject): GiteaObject {
  return pick(gitea, keyFields);
}

function pick(source: GiteaObject, fields: string[]): GiteaObject {
  return Object.fromEntries(fields.map((field) => [field, source[field]]));
}
