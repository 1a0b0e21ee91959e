import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import type { ReadFunction } from "../services/functions/function.reader.ts";
import type { Runtime as KnownRuntime } from "../services/functions/runtimes.ts";
import type { Files } from "../services/workspace/files/file.tree.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { EntityId, FilePath, FunctionName, JsonMap, Revision } from "./scalars.ts";

@ObjectType("Function", {
  description: "A serverless function of a producer's, as it is saved; what runs of it is what was deployed.",
  simpleResolvers: true,
})
export class ServerlessFunction {
  /** Whose it is and where: what may be done with it is asked about these. */
  readonly producer!: string;
  readonly env!: string;
  readonly allFiles!: Files;

  @Field(() => FunctionName, { description: "What it is called." })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: "What it is written for, as one of `runtimes` by its id, such as nodejs:8.",
  })
  runtime?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: "What is called of it: a file without its ending, a dot and the name of what is exported.",
  })
  handler?: string | undefined;

  @Field(() => JsonMap, {
    description: "The labels that it has on the cluster, the platform's own included.",
  })
  labels!: JsonObject;

  @Field(() => EntityId, { nullable: true, description: "Its id on the canvas." })
  lunchbadgerId?: string | undefined;

  @Field(() => Float, { nullable: true, description: "Its place in the row of functions." })
  itemOrder?: number | undefined;

  @Field(() => JsonMap, {
    description: "Its serverless document as it is saved, with what the graph has no names for.",
  })
  serverless!: JsonObject;

  @Field(() => Revision, { description: "What tells this state of it and its files from others." })
  revision!: string;
}

type Place = { readonly producer: string; readonly env: string };

class ShownFunction implements ServerlessFunction {
  readonly producer: string;
  readonly env: string;
  readonly #read: ReadFunction;

  constructor(read: ReadFunction, { producer, env }: Place) {
    this.producer = producer;
    this.env = env;
    this.#read = read;
  }

  get allFiles() {
    return this.#read.files;
  }

  get name() {
    return this.#read.name;
  }

  get runtime() {
    return this.#read.runtime;
  }

  get handler() {
    return this.#read.handler;
  }

  get labels() {
    return this.#read.labels;
  }

  get lunchbadgerId() {
    return this.#read.lunchbadgerId;
  }

  get itemOrder() {
    return this.#read.itemOrder;
  }

  get serverless() {
    return this.#read.serverless;
  }

  get revision() {
    return this.#read.revision;
  }
}

/** A function as the graph shows it. */
export const toFunction = (place: Place, read: ReadFunction): ServerlessFunction =>
  new ShownFunction(read, place);

@ObjectType("FunctionFile", {
  description: "A file of a function; its serverless document is not among them.",
  simpleResolvers: true,
})
export class FunctionFile {
  @Field(() => FilePath, { description: "Where it is in the function's folder." })
  path!: string;

  @Field(() => String, { description: "What is in it." })
  text!: string;

  @Field(() => Int, { description: "The length of its text in bytes." })
  size!: number;
}

/** A function's files as the graph shows them: all, or a folder's with all below it. */
export function toFunctionFiles(files: Files, folder: string | undefined): readonly FunctionFile[] {
  return Array.from(files, ([path, text]) => ({ path, text, size: Buffer.byteLength(text) })).filter(
    ({ path }) => folder === undefined || path === folder || path.startsWith(`${folder}/`),
  );
}

@ObjectType("Runtime", {
  description: "A language and version that functions can be written for.",
  simpleResolvers: true,
})
export class Runtime implements KnownRuntime {
  @Field(() => ID, { description: "Both together, as functions name it, such as nodejs:8." })
  id!: string;

  @Field(() => String, { description: "The language." })
  name!: string;

  @Field(() => String, { description: "Its version." })
  version!: string;
}
