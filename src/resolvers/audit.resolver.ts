import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { SettError } from "../errors.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant, ProjectGrant } from "../permissions/grant.ts";
import { AuditFilter, AuditTrail, filtered, toAuditTrail } from "../schema/audit.type.ts";
import { ProjectRef } from "../schema/project.type.ts";
import { AuditPosition, PageSize } from "../schema/scalars.ts";

/** The right to the project's functions as well, for who has it. */
async function functionsOf(
  { policy }: SignedIn,
  { producer, env }: ProjectGrant,
): Promise<FunctionsGrant<"admin"> | undefined> {
  try {
    return await policy.require("functions:admin", { producer, env });
  } catch (error) {
    if (error instanceof SettError && ["FORBIDDEN", "NOT_FOUND"].includes(error.code)) return undefined;
    throw error;
  }
}

@Resolver()
export class AuditResolver {
  @Query(() => AuditTrail, {
    nullable: true,
    description:
      "What people did to a project, its repository and its functions, and what they were refused, the newest first.",
  })
  @Can("project:admin", { on: "project" })
  async auditTrail(
    @Granted() grant: ProjectGrant<"admin">,
    @Arg("project", () => ProjectRef, { description: "Of which project." }) _project: ProjectRef,
    @Arg("first", () => PageSize, { defaultValue: 20, description: "How many entries to answer." })
    first: number,
    @Arg("after", () => AuditPosition, {
      nullable: true,
      description: "Answer those that are older than this one; the newest when left out.",
    })
    after: string | null | undefined,
    @Arg("filter", () => AuditFilter, { nullable: true, description: "Only some of them." })
    filter: AuditFilter | null | undefined,
    @Ctx() context: SignedIn,
  ): Promise<AuditTrail> {
    const functions = await functionsOf(context, grant);
    const asked = { first, after: after ?? undefined, matches: filtered(filter) };
    const part = await context.services.audit.trail(grant, functions, asked);
    return toAuditTrail(part, functions !== undefined);
  }
}
