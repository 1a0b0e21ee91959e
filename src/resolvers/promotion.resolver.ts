import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { BadUserInput, Forbidden } from "../errors.ts";
import type { Permission } from "../permissions/catalogue.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import type { ProjectName } from "../permissions/subject.ts";
import { PromoteInput, PromotePayload, toPromotedFiles } from "../schema/promotion.type.ts";
import type { Promotion, PromotionService } from "../services/environments/promotion.service.ts";
import { announceCommit } from "./project-changes.ts";
import { grantedProject } from "./project.resolver.ts";

@Resolver()
export class PromotionResolver {
  @Mutation(() => PromotePayload, {
    nullable: true,
    description:
      "Makes one environment what another is, by one commit in its repository and one in that of its functions.",
  })
  @Can(["project:read", "project:write"], { on: ["input.from", "input.to"] })
  async promote(
    @Granted() [from, to]: readonly [ProjectGrant, ProjectGrant<"write">],
    @Arg("input", () => PromoteInput, { description: "What to promote, and where." }) input: PromoteInput,
    @Ctx() context: SignedIn,
  ): Promise<PromotePayload> {
    const promotion = await promotionOf(context, [from, to], input);
    const { project, functions } = await context.services.promotion.promote(promotion);
    return {
      project: grantedProject(to),
      files: toPromotedFiles(project),
      functions: functions && toPromotedFiles(functions),
    };
  }
}

interface Wishes {
  readonly functions: boolean;
  readonly commit?: string | null;
  readonly message?: string | null;
  readonly expectedCommit?: string | null;
}

/** Who may not even see functions is told that it is those that are lacking: not whether there are any. */
async function held<Asked extends Permission>({ policy }: SignedIn, asked: Asked, subject: ProjectName) {
  if (!(await policy.can(asked, subject))) throw new Forbidden(asked);
  return policy.require(asked, subject, "fresh");
}

async function functionsOf(context: SignedIn, from: ProjectName, to: ProjectName) {
  const [read, written] = await Promise.all([
    held(context, "functions:read", from),
    held(context, "functions:write", to),
  ]);
  return { from: read, to: written };
}

/** Refuses an environment that nothing can be promoted from, or not by this caller. */
export async function requireSource(context: SignedIn, name: ProjectName): Promise<ProjectGrant> {
  const from = await context.policy.require("project:read", name);
  await Promise.all([held(context, "functions:read", name), context.services.promotion.refuseEmpty(from)]);
  return from;
}

/** What is to be promoted; those who watch a repository are told of each commit in it, whatever comes after. */
async function promotionOf(
  context: SignedIn,
  [from, to]: readonly [ProjectGrant, ProjectGrant<"write">],
  { functions, commit, message, expectedCommit }: Wishes,
): Promise<Promotion> {
  if (from.producer !== to.producer || from.env === to.env) {
    throw new BadUserInput([
      { field: "input.to", message: "must be another environment of the same producer" },
    ]);
  }
  return {
    ...{ from, to },
    functions: functions ? await functionsOf(context, from, to) : undefined,
    commit: commit ?? undefined,
    message: message ?? undefined,
    expectedCommit: expectedCommit ?? undefined,
    onMade: (grant, made) => announceCommit(context, grant, { branch: grant.defaultBranch, commit: made }),
  };
}

/** Promotes one environment to those repositories of another in which nothing is saved yet. */
export async function fillFrom(
  context: SignedIn,
  [from, to]: readonly [ProjectGrant, ProjectGrant<"write">],
): ReturnType<PromotionService["fill"]> {
  return context.services.promotion.fill(await promotionOf(context, [from, to], { functions: true }));
}
