import { Arg, Ctx, FieldResolver, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { BadUserInput } from "../errors.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import {
  EnvironmentOptions,
  SetAutoGatewayInput,
  SetVariablesInput,
  toEnvironmentOptions,
} from "../schema/environment-options.type.ts";
import { Project, ProjectPayload } from "../schema/project.type.ts";
import type { VariableChange } from "../services/options.edits.ts";
import { announce, told } from "./project-changes.ts";
import { grantedProject } from "./project.resolver.ts";

@Resolver(() => Project)
export class EnvironmentOptionsResolver {
  @FieldResolver(() => EnvironmentOptions, {
    nullable: true,
    description: "What is set for the environment, besides what is drawn on the canvas.",
  })
  @Can("project:read", { on: "parent" })
  async options(@Granted() grant: ProjectGrant, @Ctx() { services }: SignedIn): Promise<EnvironmentOptions> {
    return toEnvironmentOptions(await services.options.read(grant));
  }

  @Mutation(() => ProjectPayload, {
    nullable: true,
    description: "Says what a project's workspace is told in its environment; it is restarted for that.",
  })
  @Can("project:write", { on: "input.project" })
  async setVariables(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => SetVariablesInput, { description: "In which project, and which." })
    input: SetVariablesInput,
    @Ctx() context: SignedIn,
  ): Promise<ProjectPayload> {
    const change = changeOf(input);
    await told(context.services.options.setVariables(grant, change), () => announceOptions(context, grant));
    return { project: grantedProject(grant) };
  }

  @Mutation(() => ProjectPayload, {
    nullable: true,
    description: "Says whether a gateway serves a running project's whole API to whoever has a key.",
  })
  @Can("project:write", { on: "input.project" })
  async setAutoGateway(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => SetAutoGatewayInput, { description: "In which project, and whether." })
    { enabled }: SetAutoGatewayInput,
    @Ctx() context: SignedIn,
  ): Promise<ProjectPayload> {
    await told(context.services.options.setAutoGateway(grant, enabled), () =>
      announceOptions(context, grant),
    );
    return { project: grantedProject(grant) };
  }
}

const announceOptions = (context: SignedIn, grant: ProjectGrant) =>
  announce(context, grant, { kind: "CANVAS", entities: ["options"] });

/** What is to be changed, each variable once. */
function changeOf({ set, remove }: SetVariablesInput): VariableChange {
  const seen = new Set<string>();
  const problems = [...set.map(({ name }) => name), ...remove].flatMap((name, index) => {
    const place = index < set.length ? `input.set.${index}.name` : `input.remove.${index - set.length}`;
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ field: place, message: "a variable is changed once" }];
  });
  if (problems.length > 0) throw new BadUserInput(problems);
  return { set: new Map(set.map(({ name, value }) => [name, value])), remove };
}
