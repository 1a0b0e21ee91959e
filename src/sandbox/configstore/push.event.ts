import { z } from "zod";

/** The committers of the platform itself. */
const ownCommitters = ["sls-bot@lunchbadger.com", "support@lunchbadger.com"];

const pushSchema = z.object({
  ref: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  repository: z.object({ name: z.string().optional(), owner: z.object({ username: z.string() }) }),
  commits: z.array(z.object({ committer: z.object({ email: z.string().optional() }) })),
});

/** What a change stream tells about a push. */
export interface PushEvent {
  ref: string | undefined;
  before: string | undefined;
  after: string | undefined;
  namespace: string | undefined;
  username: string | undefined;
  type: "push";
  repoName: string | undefined;
  /** Whether anyone but the platform's own bots committed any of it. */
  isExternal: boolean;
}

/** The event in a hook's body; undefined when it is no push, which configstore answers with `ok` all the same. */
export function pushEventOf(body: unknown): PushEvent | undefined {
  const push = pushSchema.safeParse(body).data;
  if (push === undefined) return undefined;
  // Only the first two parts of the login are kept: customer-demo-two is taken for customer-demo.
  const [namespace, username] = push.repository.owner.username.split("-");
  return {
    ref: push.ref,
    before: push.before,
    after: push.after,
    namespace,
    username,
    type: "push",
    repoName: push.repository.name,
    isExternal: !push.commits.every(({ committer }) => ownCommitters.includes(committer.email ?? "")),
  };
}
