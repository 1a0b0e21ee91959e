import { Conflict, UpstreamUnavailable } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import type { FileChange, TreesService } from "../gitea/trees.service.ts";
import { promotionPlan, type Translation } from "./promotion.plan.ts";

/** What was made of a repository: no commit where nothing differed. */
export interface PromotedTree {
  readonly source: string;
  readonly commit: string | undefined;
  readonly paths: readonly string[];
}

/** One repository's part of a promotion. */
export interface Work {
  readonly from: RepositoryGrant;
  readonly to: RepositoryGrant<"write">;
  readonly source: string;
  readonly expected: string | undefined;
  readonly message: string;
  readonly translation: Translation;
}

/** What is to be changed, and of which commit. */
export interface Plan {
  readonly head: string | undefined;
  readonly changes: readonly FileChange[];
}

/** How a part is done. */
export interface Doing {
  readonly lost: AbortSignal;
  /** Told of each commit as soon as it is made, also where what comes after it fails. */
  readonly onMade: (to: RepositoryGrant<"write">, commit: string) => void;
}

/** How often it is begun anew because somebody wrote meanwhile. */
const attempts = 3;

const moved = (commit: string | undefined) =>
  new Conflict("The environment has changed meanwhile.", { commit: commit ?? null });

const overtaken = (commit: string) =>
  new Conflict("Somebody saved in the very moment: the commit that was made contains what they have saved.", {
    commit,
  });

/** A failure after which it has to be looked at what is there, as a value. */
function openOrThrow(error: unknown): Conflict | UpstreamUnavailable {
  if (error instanceof Conflict || error instanceof UpstreamUnavailable) return error;
  throw error;
}

/** Does one repository's part of a promotion in two steps, so that several parts can be thought out before any is done. */
export function createPromotionWork(trees: TreesService) {
  async function planAt({ from, to, source, translation }: Work, head: string | undefined): Promise<Plan> {
    const [origin, target] = [
      { grant: from, commit: source },
      { grant: to, commit: head },
    ];
    return { head, changes: await promotionPlan(trees, origin, target, translation) };
  }

  async function plan(work: Work): Promise<Plan> {
    const head = await trees.commit(work.to);
    if (work.expected !== undefined && head !== work.expected) throw moved(head);
    return planAt(work, head);
  }

  async function make(
    work: Work,
    { head, changes }: Plan,
    doing: Doing,
    left = attempts,
  ): Promise<PromotedTree> {
    const { to, source, expected, message } = work;
    const paths = changes.map(({ path }) => path);
    if (changes.length === 0) return { source, commit: undefined, paths };
    if (doing.lost.aborted)
      throw new UpstreamUnavailable("redis", "the lock was lost in the middle of a write");
    const made = await trees.change(to, { head, message, files: changes }).catch(openOrThrow);
    if (made instanceof Error) {
      // A commit may have been made although the answer says otherwise, or never came.
      const now = await trees.commit(to);
      if (made instanceof UpstreamUnavailable && now === head) throw made;
      const next = await planAt(work, now);
      if (now !== undefined && now !== head && next.changes.length === 0) {
        doing.onMade(to, now);
        return { source, commit: now, paths };
      }
      if (expected !== undefined || left <= 1) throw moved(now);
      return make(work, next, doing, left - 1);
    }
    doing.onMade(to, made.sha);
    if (made.parent === head) return { source, commit: made.sha, paths };
    if (expected !== undefined || left <= 1) throw overtaken(made.sha);
    const next = await make(work, await planAt(work, made.sha), doing, left - 1);
    return { source, commit: next.commit ?? made.sha, paths: [...new Set([...paths, ...next.paths])] };
  }

  return { plan, make };
}
