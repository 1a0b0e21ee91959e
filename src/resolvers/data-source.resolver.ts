import { Arg, Ctx, FieldResolver, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { NotFound } from "../errors.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import {
  DeleteDataSourceInput,
  DeleteDataSourcePayload,
  SaveDataSourceInput,
  SaveDataSourcePayload,
  TestDataSourceInput,
  TestDataSourcePayload,
  toDataSourceChange,
} from "../schema/data-source-write.type.ts";
import { DataSource, toDataSource } from "../schema/data-source.type.ts";
import { Project } from "../schema/project.type.ts";
import { DataSourceName } from "../schema/scalars.ts";
import { WriteOutcome } from "../schema/write.type.ts";
import { announce, told } from "./project-changes.ts";
import { grantedProject } from "./project.resolver.ts";

/** Does a write of a data source, tells of it, and lets what this request asks after it be read anew, done or not. */
async function written<Result>(
  context: SignedIn,
  grant: ProjectGrant<"write">,
  name: string,
  write: Promise<Result>,
): Promise<Result> {
  return told(write.finally(context.lookups.workspaces.forget), () =>
    announce(context, grant, { kind: "DATA_SOURCES", entities: [`dataSources/${name}`] }),
  );
}

@Resolver(() => Project)
export class DataSourceResolver {
  @FieldResolver(() => [DataSource], {
    nullable: true,
    description: "Where the project's models keep their data, in the order of the canvas.",
  })
  @Can("project:read", { on: "parent" })
  async dataSources(
    @Granted() grant: ProjectGrant,
    @Ctx() { lookups }: SignedIn,
  ): Promise<readonly DataSource[]> {
    return (await lookups.workspaces.read(grant, "dataSources")).map(toDataSource);
  }

  @FieldResolver(() => DataSource, { nullable: true, description: "A data source, by its name." })
  @Can("project:read", { on: "parent" })
  async dataSource(
    @Granted() grant: ProjectGrant,
    @Arg("name", () => DataSourceName, { description: "Which." }) name: string,
    @Ctx() { lookups }: SignedIn,
  ): Promise<DataSource> {
    const found = (await lookups.workspaces.read(grant, "dataSources")).find((each) => each.name === name);
    if (!found) throw new NotFound("data source");
    return toDataSource(found);
  }

  @Mutation(() => SaveDataSourcePayload, {
    nullable: true,
    description:
      "Makes or changes a data source. A new connector other than memory makes the workspace install it, which takes about a minute; `project.workspace` tells of it.",
  })
  @Can("project:write", { on: "input.project" })
  async saveDataSource(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => SaveDataSourceInput, { description: "In which project, and what about it." })
    input: SaveDataSourceInput,
    @Ctx() context: SignedIn,
  ): Promise<SaveDataSourcePayload> {
    const change = toDataSourceChange(input);
    const { dataSources } = context.services.workspace;
    const write = dataSources.save(grant, change, input.revision ?? undefined);
    const { dataSource, outcome } = await written(context, grant, input.name, write);
    return {
      dataSource: toDataSource(dataSource),
      project: grantedProject(grant),
      outcome: WriteOutcome[outcome],
    };
  }

  @Mutation(() => DeleteDataSourcePayload, {
    nullable: true,
    description: "Deletes a data source that no model uses.",
  })
  @Can("project:write", { on: "input.project" })
  async deleteDataSource(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => DeleteDataSourceInput, { description: "In which project, and which." })
    { name, revision }: DeleteDataSourceInput,
    @Ctx() context: SignedIn,
  ): Promise<DeleteDataSourcePayload> {
    const { dataSources } = context.services.workspace;
    await written(context, grant, name, dataSources.remove(grant, name, revision ?? undefined));
    return { deletedName: name, project: grantedProject(grant) };
  }

  @Mutation(() => TestDataSourcePayload, {
    nullable: true,
    description:
      "Tries whether a data source, as it is saved, can be connected to; that takes a few seconds.",
  })
  @Can("project:write", { on: "input.project" })
  testDataSource(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => TestDataSourceInput, { description: "In which project, and which." })
    { name }: TestDataSourceInput,
    @Ctx() { services }: SignedIn,
  ): Promise<TestDataSourcePayload> {
    return services.workspace.dataSources.test(grant, name);
  }
}
