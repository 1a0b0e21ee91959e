import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { DataSource, toDataSource } from "../schema/data-source.type.ts";
import { Model } from "../schema/model.type.ts";

@Resolver(() => Model)
export class ModelDataSourceResolver {
  @FieldResolver(() => DataSource, {
    nullable: true,
    description:
      "The data source that the model is attached to; null when to none, or to one that is not there.",
  })
  @Can("project:read", { on: "parent" })
  async dataSource(
    @Granted() grant: ProjectGrant,
    @Root() { config }: Model,
    @Ctx() { lookups }: SignedIn,
  ): Promise<DataSource | undefined> {
    if (typeof config?.dataSource !== "string") return undefined;
    const sources = await lookups.workspaces.read(grant, "dataSources");
    const source = sources.find(({ name }) => name === config.dataSource);
    return source && toDataSource(source);
  }
}
