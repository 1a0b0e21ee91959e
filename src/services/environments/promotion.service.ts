import { BadUserInput, SettError } from "../../errors.ts";
import type { FunctionsGrant, ProjectGrant, RepositoryGrant } from "../../permissions/grant.ts";
import type { PlatformNames } from "../../permissions/platform-names.ts";
import type { TreesService } from "../gitea/trees.service.ts";
import type { Access } from "../workspace/workspace.access.ts";
import { foldersOfOthers } from "./functions.of-others.ts";
import { isFunctionDocument, promotedFunction, type Route } from "./promoted.function.ts";
import { isKept, isOwn, isProjectDocument, isSecret, promotedProject } from "./promoted.project.ts";
import type { Translation } from "./promotion.plan.ts";
import { createPromotionWork, type Doing, type PromotedTree, type Work } from "./promotion.work.ts";

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
  readonly onMade: Doing["onMade"];
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
  /** The same of those repositories of it only in which nothing is saved yet. */
  readonly fill: (promotion: Promotion) => Promise<Partial<Promoted>>;
  /** Throws unless there is something saved that could be promoted. */
  readonly refuseEmpty: (from: ProjectGrant) => Promise<void>;
}

interface Parts {
  readonly trees: TreesService;
  readonly projects: Access<ProjectGrant, ProjectGrant<"write">>;
  readonly functions: Access<FunctionsGrant, FunctionsGrant<"write">>;
  readonly names: Pick<PlatformNames, "environments" | "isStatic">;
}

const never = () => false;

const nothing = () => Promise.resolve(new Set<string>());

function messageOf({ message }: Promotion, { producer, from }: Route, source: string): string {
  const where = `${producer}/${from} at ${source}`;
  return message === undefined ? `Promote ${where}` : `${message.trimEnd()}\n\nPromoted from ${where}`;
}

export function createPromotionService({ trees, projects, functions, names }: Parts): PromotionService {
  const { plan, make } = createPromotionWork(trees);

  async function sourceOf(grant: RepositoryGrant, commit: string | undefined): Promise<string> {
    const found = await trees.commit(grant, commit);
    if (found !== undefined) return found;
    throw new BadUserInput([
      commit === undefined
        ? { field: "input.from", message: "has nothing saved yet" }
        : { field: "input.commit", message: "there is no such commit" },
    ]);
  }

  async function projectWork(promotion: Promotion, route: Route): Promise<Work> {
    const { from, to, commit, expectedCommit: expected } = promotion;
    const source = await sourceOf(from, commit);
    const translation: Translation = {
      isOwn,
      isKept,
      isTranslated: isProjectDocument,
      translate: ({ text }, there) => promotedProject(text, there, route),
      others: { source: nothing, target: nothing },
    };
    return { from, to, source, expected, message: messageOf(promotion, route, source), translation };
  }

  /** What is another environment's in the repository that all those share which every producer has. */
  function othersIn({ producer, from, to }: Route): Translation["others"] {
    const others = names.environments.filter((env) => env !== from && env !== to);
    if (others.length === 0) return { source: nothing, target: nothing };
    const isShared = names.isStatic(from) || names.isStatic(to);
    return {
      source: isShared ? foldersOfOthers(producer, others, { ifUntold: false }) : nothing,
      target: names.isStatic(to) ? foldersOfOthers(producer, others, { ifUntold: true }) : nothing,
    };
  }

  async function functionsWork(promotion: Promotion, route: Route): Promise<Work | undefined> {
    const { from, to } = promotion.functions ?? {};
    if (!from || !to || (from.owner === to.owner && from.name === to.name)) return undefined;
    const source = await trees.commit(from);
    if (source === undefined) return undefined;
    const translation: Translation = {
      isOwn: isSecret,
      isKept: never,
      isTranslated: isFunctionDocument,
      translate: (document) => promotedFunction(document, route),
      others: othersIn(route),
    };
    return {
      from,
      to,
      source,
      expected: undefined,
      message: messageOf(promotion, route, source),
      translation,
    };
  }

  /** In turn with all who write either repository: always the project's first, so that no two wait for each other. */
  const inTurn = <Result>(
    to: ProjectGrant<"write">,
    functionsTo: FunctionsGrant<"write"> | undefined,
    work: (lost: AbortSignal) => Promise<Result>,
  ): Promise<Result> =>
    projects.write(to, (lost) =>
      functionsTo
        ? functions.write(functionsTo, (alsoLost) => work(AbortSignal.any([lost, alsoLost])))
        : work(lost),
    );

  /** All is thought out before anything is written: what cannot be promoted is refused as a whole. */
  async function carry(promotion: Promotion, isEmptyOnly: boolean): Promise<Partial<Promoted>> {
    const { from, to, onMade } = promotion;
    const route = { producer: from.producer, from: from.env, to: to.env };
    const [ofProject, ofFunctions] = await Promise.all([
      projectWork(promotion, route),
      functionsWork(promotion, route),
    ]);
    return inTurn(to, ofFunctions && promotion.functions?.to, async (lost) => {
      const isWanted = async (work: Work | undefined) =>
        work !== undefined && !(isEmptyOnly && (await trees.commit(work.to)) !== undefined);
      const planned = async (work: Work | undefined) =>
        work && (await isWanted(work)) ? { work, plan: await plan(work) } : undefined;
      const [project, functionsToo] = await Promise.all([planned(ofProject), planned(ofFunctions)]);
      const doing = { lost, onMade };
      const made = project && (await make(project.work, project.plan, doing));
      try {
        const along = functionsToo && (await make(functionsToo.work, functionsToo.plan, doing));
        return { ...(made ? { project: made } : {}), functions: along };
      } catch (error) {
        const done = { done: ["project"], missing: ["functions"], commit: made?.commit ?? null };
        throw error instanceof SettError ? error.with(done) : error;
      }
    });
  }

  return {
    promote: async (promotion) => {
      const { project, functions: along } = await carry(promotion, false);
      if (!project) throw new Error("A promotion without its project.");
      return { project, functions: along };
    },
    fill: (promotion) => carry(promotion, true),
    refuseEmpty: async (from) => {
      await sourceOf(from, undefined);
    },
  };
}
