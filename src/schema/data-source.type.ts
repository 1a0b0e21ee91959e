import { Field, Float, Int, ObjectType } from "type-graphql";
import type { ReadDataSource } from "../services/workspace/data-sources/data-source.reader.ts";
import { numberOf, textOf } from "../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { DataSourceName, EntityId, JsonMap, Revision } from "./scalars.ts";

@ObjectType("DataSource", {
  description:
    "Where models keep their data. No secret of it is ever shown: passwords, tokens, keys and the like are left out, and where one is part of a text or a list, *** stands in its place.",
  simpleResolvers: true,
})
export class DataSource {
  @Field(() => DataSourceName, { description: "What models call it." })
  name!: string;

  @Field(() => String, { nullable: true, description: "What it is connected to by, such as mysql." })
  connector?: string;

  @Field(() => EntityId, { nullable: true, description: "Its id on the canvas." })
  lunchbadgerId?: string;

  @Field(() => Float, { nullable: true, description: "Its place in the row of data sources." })
  itemOrder?: number;

  @Field(() => String, { nullable: true, description: "The machine it is on." })
  host?: string;

  @Field(() => Int, { nullable: true, description: "The port that it listens on." })
  port?: number;

  @Field(() => String, { nullable: true, description: "The database." })
  database?: string;

  @Field(() => String, { nullable: true, description: "Who signs in to it." })
  username?: string;

  @Field(() => String, {
    nullable: true,
    description: "Its address, with *** in place of credentials; sent back like this, it keeps them.",
  })
  url?: string;

  @Field(() => JsonMap, { description: "Everything else that it is set to." })
  settings!: JsonObject;

  @Field(() => [String], {
    description: "Where secrets are set, such as password or options.headers.Authorization.",
  })
  secrets!: readonly string[];

  @Field(() => Revision, {
    description:
      "What tells this state of it from others; the secrets themselves are no part of it, only where they are set.",
  })
  revision!: string;
}

const ports = { least: 0, most: 65_535 };

/** A port as it may be stored; undefined for what is none. */
function portOf(value: unknown): number | undefined {
  const port = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof port !== "number" || !Number.isInteger(port)) return undefined;
  return port >= ports.least && port <= ports.most ? port : undefined;
}

/** A data source as the graph shows it. */
export function toDataSource({ name, fields, settings, secrets, revision }: ReadDataSource): DataSource {
  const shown = {
    connector: textOf(fields["connector"]),
    lunchbadgerId: textOf(fields["lunchbadgerId"]),
    itemOrder: numberOf(fields["itemOrder"]),
    host: textOf(fields["host"]),
    port: portOf(fields["port"]),
    database: textOf(fields["database"]),
    username: textOf(fields["username"]),
    url: textOf(fields["url"]),
  };
  return Object.assign(new DataSource(), { name, settings, secrets, revision }, shown);
}
