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
  connector?: string | undefined;

  @Field(() => EntityId, { nullable: true, description: "Its id on the canvas." })
  lunchbadgerId?: string | undefined;

  @Field(() => Float, { nullable: true, description: "Its place in the row of data sources." })
  itemOrder?: number | undefined;

  @Field(() => String, { nullable: true, description: "The machine it is on." })
  host?: string | undefined;

  @Field(() => Int, { nullable: true, description: "The port that it listens on." })
  port?: number | undefined;

  @Field(() => String, { nullable: true, description: "The database." })
  database?: string | undefined;

  @Field(() => String, { nullable: true, description: "Who signs in to it." })
  username?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: "Its address, with *** in place of credentials; sent back like this, it keeps them.",
  })
  url?: string | undefined;

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

class ShownDataSource implements DataSource {
  readonly #read: ReadDataSource;

  constructor(read: ReadDataSource) {
    this.#read = read;
  }

  get name() {
    return this.#read.name;
  }

  get connector() {
    return textOf(this.#read.field("connector"));
  }

  get lunchbadgerId() {
    return textOf(this.#read.field("lunchbadgerId"));
  }

  get itemOrder() {
    return numberOf(this.#read.field("itemOrder"));
  }

  get host() {
    return textOf(this.#read.field("host"));
  }

  get port() {
    return portOf(this.#read.field("port"));
  }

  get database() {
    return textOf(this.#read.field("database"));
  }

  get username() {
    return textOf(this.#read.field("username"));
  }

  get url() {
    return textOf(this.#read.field("url"));
  }

  get settings() {
    return this.#read.settings;
  }

  get secrets() {
    return this.#read.secrets;
  }

  get revision() {
    return this.#read.revision;
  }
}

/** A data source as the graph shows it. */
export const toDataSource = (read: ReadDataSource): DataSource => new ShownDataSource(read);
