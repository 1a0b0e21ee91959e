/** The rungs of Gitea's ladder that a permission can ask for, lowest first. */
export const levels = ["read", "write", "admin"] as const;

export type Level = (typeof levels)[number];

/** Whether somebody on one rung may do what another asks for. */
export function reaches(held: Level, asked: Level): boolean {
  return levels.indexOf(held) >= levels.indexOf(asked);
}

/** What a permission lets somebody do, and what Gitea is asked to find out. */
interface Entry {
  readonly allows: string;
  readonly asks: string;
}

const envRepository = "`GET /repos/<prefix>-<producer>/<env>` as the caller, its `permissions`";
const functionsRepository =
  "`GET /repos/<prefix>-<producer>/<functions repository of the environment>` as the caller, its `permissions`";
const anyRepository = "`GET /repos/<owner>/<name>` as the caller, its `permissions`";
const whoAmI = "`GET /user` as the caller";

/** Every permission there is, spelt as in the SDL, the errors, the logs and the tests. */
export const catalogue = {
  viewer: { allows: "Being signed in.", asks: whoAmI },
  "platform:admin": {
    allows: "Running the platform: a Gitea site admin.",
    asks: `${whoAmI}, its \`is_admin\``,
  },
  "producer:read": {
    allows: "Seeing that a producer exists: oneself, a reader of any of its repositories, or a site admin.",
    asks: `${whoAmI}; for others its environments' and functions' repositories, then \`GET /user/repos\`, as the caller`,
  },
  "producer:admin": {
    allows: "Changing the producer's account, such as its SSH keys: oneself or a site admin.",
    asks: whoAmI,
  },
  "producer:create": {
    allows:
      "Making a producer, or finishing a half-made one: oneself or a site admin. Never hides: it says nothing of what exists.",
    asks: whoAmI,
  },
  "repo:read": { allows: "Reading a repository: its files, branches and commits.", asks: anyRepository },
  "repo:write": { allows: "Writing files into a repository.", asks: anyRepository },
  "repo:admin": { allows: "Seeing and changing a repository's collaborators.", asks: anyRepository },
  "project:read": { allows: "Reading a project.", asks: envRepository },
  "project:write": { allows: "Changing a project.", asks: envRepository },
  "project:admin": {
    allows: "Sharing or clearing a project, and seeing what was done to it.",
    asks: envRepository,
  },
  "functions:read": { allows: "Reading a producer's functions.", asks: functionsRepository },
  "functions:write": { allows: "Changing and deploying a producer's functions.", asks: functionsRepository },
  "functions:admin": {
    allows: "Sharing or clearing a producer's functions, and seeing what was done to them.",
    asks: functionsRepository,
  },
  "pod:read": {
    allows: "Reading a pod: how it is, its events and what it writes.",
    asks: "of functions and sls-api as `functions:read`, of all others as `project:read`",
  },
  "pod:write": {
    allows: "Having a pod replaced by a new one.",
    asks: "of functions and sls-api as `functions:write`, of all others as `project:write`",
  },
} as const satisfies Record<string, Entry>;

export type Permission = keyof typeof catalogue;

/** What a permission is about: the part before the colon. */
export type Noun = "viewer" | "platform" | "producer" | "repo" | "project" | "functions" | "pod";

export const permissions = Object.keys(catalogue) as Permission[];

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(catalogue, text);
}

/** Whether a permission is about a thing; being signed in, or a site admin, is about nothing in particular. */
export function hasSubject(permission: Permission): boolean {
  return !["viewer", "platform"].includes(nounOf(permission));
}

/** Worked out once: each guarded field asks for them. */
const parts = new Map(
  permissions.map((permission) => {
    const [noun, level] = permission.split(":");
    return [permission, { noun: noun as Noun, level: level as Level }];
  }),
);

function partsOf(permission: Permission): { readonly noun: Noun; readonly level: Level } {
  const known = parts.get(permission);
  if (!known) throw new TypeError(`There is no permission ${permission}.`);
  return known;
}

/** How far a permission reaches, where that is a rung of the ladder. */
export const levelOf = (permission: Permission): Level => partsOf(permission).level;

export const nounOf = (permission: Permission): Noun => partsOf(permission).noun;
