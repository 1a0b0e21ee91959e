import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import type { DataSourceChange } from "../services/workspace/data-sources/data-source.change.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { DataSource } from "./data-source.type.ts";
import { Project, ProjectInput } from "./project.type.ts";
import { DataSourceName, EntityId, JsonMap, Revision } from "./scalars.ts";
import { WriteOutcome } from "./write.type.ts";

@InputType("SaveDataSourceInput", {
  description:
    "A data source to make or to change. What is left out stays as it is, secrets included; what is null is removed.",
})
export class SaveDataSourceInput extends ProjectInput {
  @Field(() => DataSourceName, { description: "Which; a new one is made of a name that none has." })
  name!: string;

  @Field(() => String, { nullable: true, description: "What to connect by; needed for a new one." })
  connector?: string | null;

  @Field(() => EntityId, {
    nullable: true,
    description: "Its id on the canvas; a new data source without one is given one.",
  })
  lunchbadgerId?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: "Its place in the row of data sources; a new one is put last.",
  })
  itemOrder?: number | null;

  @Field(() => String, { nullable: true, description: "The machine it is on." })
  host?: string | null;

  @Field(() => Int, { nullable: true, description: "The port that it listens on: 0 to 65,535." })
  port?: number | null;

  @Field(() => String, { nullable: true, description: "The database." })
  database?: string | null;

  @Field(() => String, { nullable: true, description: "Who signs in to it." })
  username?: string | null;

  @Field(() => String, { nullable: true, description: "The password, which is never shown again." })
  password?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Its address. As it was shown, with *** for credentials, it keeps those that are stored.",
  })
  url?: string | null;

  @Field(() => JsonMap, {
    nullable: true,
    description:
      "Everything else, setting by setting: each replaces the one that is there. Secrets within it that are left out stay, or are replaced when they are given, or removed when they are null. In a list they stay with the items that are as they were, or are changed at their place.",
  })
  settings?: JsonObject | null;

  @Field(() => Revision, {
    nullable: true,
    description: "What you started from; left out, the last write wins.",
  })
  revision?: string | null;
}

const changeable = [
  "connector",
  "lunchbadgerId",
  "itemOrder",
  "host",
  "port",
  "database",
  "username",
  "password",
  "url",
] as const;

/** What an input says of a data source. */
export function toDataSourceChange(input: SaveDataSourceInput): DataSourceChange {
  const given = changeable.flatMap((field) => {
    const value = input[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  return { name: input.name, fields: Object.fromEntries(given), settings: input.settings ?? {} };
}

@ObjectType("SaveDataSourcePayload", {
  description: "A data source after it was saved.",
  simpleResolvers: true,
})
export class SaveDataSourcePayload {
  @Field(() => DataSource, { description: "The data source as it now is." })
  dataSource!: DataSource;

  @Field(() => Project, { description: "The project it is in." })
  project!: Project;

  @Field(() => WriteOutcome, { description: "How it went along with the writes of others." })
  outcome!: WriteOutcome;
}

@InputType("DeleteDataSourceInput", { description: "A data source to delete." })
export class DeleteDataSourceInput extends ProjectInput {
  @Field(() => DataSourceName, { description: "Which: one that no model uses." })
  name!: string;

  @Field(() => Revision, {
    nullable: true,
    description: "What you read; if it is no longer that, nothing is deleted.",
  })
  revision?: string | null;
}

@ObjectType("DeleteDataSourcePayload", {
  description: "What is left after a data source was deleted.",
  simpleResolvers: true,
})
export class DeleteDataSourcePayload {
  @Field(() => DataSourceName, { description: "The name of what was deleted." })
  deletedName!: string;

  @Field(() => Project, { description: "The project it was in." })
  project!: Project;
}

@InputType("TestDataSourceInput", { description: "A data source to try." })
export class TestDataSourceInput extends ProjectInput {
  @Field(() => DataSourceName, { description: "Which." })
  name!: string;
}

@ObjectType("TestDataSourcePayload", {
  description: "Whether a data source can be connected to.",
  simpleResolvers: true,
})
export class TestDataSourcePayload {
  @Field(() => Boolean, { description: "Whether it answers." })
  connects!: boolean;

  @Field(() => String, { nullable: true, description: "What its connector said if it does not." })
  message?: string;
}
