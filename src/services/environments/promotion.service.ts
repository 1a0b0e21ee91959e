import { BadUserInput, Conflict, SettError, UpstreamUnavailable } from "../../errors.ts";
import type { FunctionsGrant, ProjectGrant, RepositoryGrant } from "../../permissions/grant.ts";
import type { TreesService } from "../gitea/trees.service.ts";
import type { Access } from "../workspace/workspace.access.ts";
import { isFunctionDocument, promotedFunction, type Route } from "./promoted.function.ts";
import { isKept, isOwn, isProjectDocument, promotedProject } from "./promoted.project.ts";
import { promotionPlan, type Translation } from "./promotion.plan.ts";

/** What is to be promoted, and with which rights. */
export interface Promotion {
  readonly from: ProjectGrant;
  readonly to: ProjectGrant<"write">;
  /** Functions go along where somebody may read and write them. */
  readonly functions: { readonly from: FunctionsGrant; readonly to: FunctionsGrant<"write"> } | undefined;
  /** A commit of the project that it comes from; its newest unless said. */
  readonly commit: string | undefined;
  readonly message: string | undefined;
  /** What the newest commit is expected to be where it goes. */
  readonly expectedCommit: string | undefined;
}

/** What was made of a repository: no commit where nothing differed. */
export interface PromotedTree {
  readonly source: string;
  readonly commit: string | undefined;
  readonly paths: readonly string[];
}

/** What came of a promotion. */
export interface Promoted {
  readonly project: PromotedTree;
  /** Undefined where functions did not go along, or are kept in one repository anyway. */
  readonly functions: PromotedTree | undefined;
}

/** Makes one environment what another is. */
export interface PromotionService {
  readonly promote: (promotion: Promotion) => Promise<Promoted>;
}

interface Parts {
  readonly trees: TreesService;
  readonly projects: Access<ProjectGrant, ProjectGrant<"write">>;
  readonly functions: Access<FunctionsGrant, FunctionsGrant<"write">>;
}

/** One repository's part of it. */
interface Work {
  readonly from: RepositoryGrant;
  readonly to: RepositoryGrant<"write">;
  readonly source: string;
  readonly expected: string | undefined;
  readonly message: string;
  readonly translation: Translation;
  readonly lost: AbortSignal;
}

/** How often it is begun anew because somebody wrote meanwhile. */
const attempts = 3;

const never = () => false;

const moved = (commit: string | undefined) =>
  new Conflict("The environment has changed meanwhile.", { commit: commit ?? null });

export function createPromotionService({ trees, projects, functions }: Parts): PromotionService {
  async function make(work: Work, left = attempts): Promise<PromotedTree> {
    const { from, to, source, expected, message, translation, lost } = work;
    const head = await trees.commit(to);
    if (expected !== undefined && head !== expected) throw moved(head);
    const planFrom = (commit: string | undefined) =>
      promotionPlan(trees, { grant: from, commit: source }, { grant: to, commit }, translation);
    const changes = await planFrom(head);
    const paths = changes.map(({ path }) => path);
    if (changes.length === 0) return { source, commit: undefined, paths };
    if (lost.aborted) throw new UpstreamUnavailable("redis", "the lock was lost in the middle of a write");
    try {
      return { source, commit: await trees.change(to, message, changes), paths };
    } catch (error) {
      if (!(error instanceof Conflict || error instanceof UpstreamUnavailable)) throw error;
      // A commit may have been made although the answer says otherwise, or never came.
      const now = await trees.commit(to);
      if (now !== head && (await planFrom(now)).length === 0) return { source, commit: now, paths };
      if (error instanceof UpstreamUnavailable && now === head) throw error;
      if (expected !== undefined || left <= 1) throw moved(now);
      return make(work, left - 1);
    }
  }

  async function sourceOf(grant: RepositoryGrant, commit: string | undefined, field: string) {
    const found = await trees.commit(grant, commit);
    if (found !== undefined) return found;
    const message = commit === undefined ? "has nothing saved yet" : "there is no such commit";
    throw new BadUserInput([{ field, message }]);
  }

  function messageOf({ message }: Promotion, { producer, from }: Route, source: string): string {
    const where = `${producer}/${from} at ${source}`;
    return message === undefined ? `Promote ${where}` : `${message.trimEnd()}\n\nPromoted from ${where}`;
  }

  async function promoteProject(promotion: Promotion, route: Route): Promise<PromotedTree> {
    const { from, to, commit, expectedCommit: expected } = promotion;
    const source = await sourceOf(from, commit, commit === undefined ? "input.from" : "input.commit");
    const translation: Translation = {
      isOwn,
      isKept,
      isTranslated: isProjectDocument,
      translate: (text, there) => promotedProject(text, there, route),
    };
    const message = messageOf(promotion, route, source);
    return projects.write(to, (lost) => make({ from, to, source, expected, message, translation, lost }));
  }

  async function promoteFunctions(promotion: Promotion, route: Route): Promise<PromotedTree | undefined> {
    const { from, to } = promotion.functions ?? {};
    if (!from || !to || (from.owner === to.owner && from.name === to.name)) return undefined;
    const source = await trees.commit(from);
    if (source === undefined) return undefined;
    const translation: Translation = {
      isOwn: never,
      isKept: never,
      isTranslated: isFunctionDocument,
      translate: (text) => promotedFunction(text, route),
    };
    const message = messageOf(promotion, route, source);
    return functions.write(to, (lost) =>
      make({ from, to, source, expected: undefined, message, translation, lost }),
    );
  }

  return {
    promote: async (promotion) => {
      const { producer } = promotion.from;
      const route = { producer, from: promotion.from.env, to: promotion.to.env };
      const project = await promoteProject(promotion, route);
      try {
        return { project, functions: await promoteFunctions(promotion, route) };
      } catch (error) {
        const done = { done: ["project"], missing: ["functions"], commit: project.commit ?? null };
        throw error instanceof SettError ? error.with(done) : error;
      }
    },
  };
}
