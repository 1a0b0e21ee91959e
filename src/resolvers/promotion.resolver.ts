import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { BadUserInput, Forbidden } from "../errors.ts";
import type { Permission } from "../permissions/catalogue.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import type { ProjectName } from "../permissions/subject.ts";
import { PromoteInput, PromotePayload, toPromotedFiles } from "../schema/promotion.type.ts";
import type { Promoted, Promotion } from "../services/environments/promotion.service.ts";
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
    const { project, functions } = await promoteBetween(context, [from, to], input);
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

/** Promotes one environment to another, and tells those who watch either repository that changed. */
export async function promoteBetween(
  context: SignedIn,
  [from, to]: readonly [ProjectGrant, ProjectGrant<"write">],
  { functions, commit, message, expectedCommit }: Wishes,
): Promise<Promoted> {
  if (from.producer !== to.producer || from.env === to.env) {
    throw new BadUserInput([
      { field: "input.to", message: "must be another environment of the same producer" },
    ]);
  }
  const promotion: Promotion = {
    ...{ from, to },
    functions: functions ? await functionsOf(context, from, to) : undefined,
    commit: commit ?? undefined,
    message: message ?? undefined,
    expectedCommit: expectedCommit ?? undefined,
  };
  const promoted = await context.services.promotion.promote(promotion);
  const written = [
    [to, promoted.project.commit],
    [promotion.functions?.to, promoted.functions?.commit],
  ] as const;
  for (const [grant, made] of written) {
    if (grant && made !== undefined)
      announceCommit(context, grant, { branch: grant.defaultBranch, commit: made });
  }
  return promoted;
}
