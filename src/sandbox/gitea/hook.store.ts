/** A webhook of a repository. */
export interface Hook {
  readonly id: number;
  readonly type: string;
  url: string;
  contentType: "json" | "form";
  readonly secret: string;
  events: string[];
  branchFilter: string;
  authorizationHeader: string;
  active: boolean;
  readonly created: Date;
  updated: Date;
}

/** What makes a new hook. */
export interface NewHook {
  url: string;
  type?: string;
  contentType?: "json" | "form";
  secret?: string;
  events?: readonly string[];
  branchFilter?: string;
  authorizationHeader?: string;
  active?: boolean;
}

/** The events Gitea knows, in the order in which it lists those of a hook. */
const knownEvents = [
  ...[
    "create",
    "delete",
    "fork",
    "push",
    "issues",
    "issue_assign",
    "issue_label",
    "issue_milestone",
    "issue_comment",
  ],
  ...[
    "pull_request",
    "pull_request_assign",
    "pull_request_label",
    "pull_request_milestone",
    "pull_request_comment",
  ],
  ...["pull_request_review_approved", "pull_request_review_rejected", "pull_request_review_comment"],
  ...["pull_request_sync", "wiki", "repository", "release", "package"],
];

/** The events of a hook which asks for these: Gitea drops those it does not know, and none means push. */
export function eventsFrom(wanted: readonly string[] = []): string[] {
  return wanted.length === 0 ? ["push"] : knownEvents.filter((event) => wanted.includes(event));
}

/** A new hook; an id is given by the caller, as ids count over all repositories. */
export function newHook(id: number, wanted: NewHook, now: Date): Hook {
  return {
    id,
    type: wanted.type ?? "gitea",
    url: wanted.url,
    contentType: wanted.contentType ?? "json",
    secret: wanted.secret ?? "",
    events: eventsFrom(wanted.events),
    branchFilter: wanted.branchFilter ?? "",
    authorizationHeader: wanted.authorizationHeader ?? "",
    active: wanted.active ?? false,
    created: now,
    updated: now,
  };
}
