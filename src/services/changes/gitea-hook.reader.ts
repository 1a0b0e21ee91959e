import { z } from "zod";
import type { PushHeard } from "../../live/live-events.ts";
import { nameRules } from "../../names.ts";
import type { PlatformNames } from "../../permissions/platform-names.ts";
import { branchOf, commitOf, isCommit } from "./git.reading.ts";
import { roleOf } from "./producer.repository.ts";

/** What Gitea tells with a hook, cut to what is read of it; the permissions in it are nobody's. */
const repository = z.object({
  // No repository has this one: what does not say which it is has no mark that holds.
  id: z.number().default(0),
  name: z.string(),
  description: z.string().default(""),
  owner: z.object({ login: z.string() }),
});
const account = z.object({ login: z.string() });

const pushShape = z.object({
  ref: z.string(),
  before: z.string().refine(isCommit),
  after: z.string().refine(isCommit),
  // Cut to the first few.
  commits: z.array(z.object({ committer: z.object({ email: z.string() }) })).nullish(),
  repository,
  pusher: account,
});

const deleteShape = z.object({ ref: z.string(), ref_type: z.string(), repository, sender: account });

/** What a hook was about: a push, nothing that anybody is told of, or nothing that can be read. */
export type HookNews = PushHeard | "ignored" | "unreadable";

interface Means {
  readonly names: PlatformNames;
  /** The addresses that the platform itself commits with. */
  readonly platformCommitters: readonly string[];
}

/** Reads the hooks that Gitea sends; a branch that was made is told of by the push that comes with it. */
export function createHookReader({ names, platformCommitters }: Means) {
  const placeOf = (of: z.output<typeof repository>) => {
    const producer = names.producerOf(of.owner.login);
    const role = producer === undefined ? undefined : roleOf(names, producer, of.name);
    if (producer === undefined || !role) return undefined;
    const isStatic = role.environments.every(names.isStatic);
    const isMade = names.environmentOf(of) !== undefined || names.functionsOf(of) !== undefined;
    return isStatic || isMade ? { producer, repository: of.name } : undefined;
  };
  const byOf = ({ login }: { login: string }) => (nameRules.Login.accepts(login) ? login : undefined);

  const readPush = (body: unknown): HookNews => {
    const push = pushShape.safeParse(body).data;
    if (!push) return "unreadable";
    const place = placeOf(push.repository);
    const branch = branchOf(push.ref);
    // The same before and after is somebody trying the hook.
    if (!place || branch === undefined || push.before === push.after) return "ignored";
    const isOurs = (email: string) => platformCommitters.includes(email.toLowerCase());
    const commits = push.commits ?? [];
    return {
      ...place,
      branch,
      before: commitOf(push.before),
      after: commitOf(push.after),
      by: byOf(push.pusher),
      isExternal: commits.length === 0 || !commits.every(({ committer }) => isOurs(committer.email)),
    };
  };

  const readDeletion = (body: unknown): HookNews => {
    const deletion = deleteShape.safeParse(body).data;
    if (!deletion) return "unreadable";
    const place = placeOf(deletion.repository);
    const branch = deletion.ref_type === "branch" ? branchOf(`refs/heads/${deletion.ref}`) : undefined;
    if (!place || branch === undefined) return "ignored";
    const by = byOf(deletion.sender);
    return { ...place, branch, before: undefined, after: undefined, by, isExternal: true };
  };

  return (event: string, body: unknown): HookNews => {
    if (event === "push") return readPush(body);
    return event === "delete" ? readDeletion(body) : "ignored";
  };
}
