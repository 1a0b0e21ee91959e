import type { FunctionsGrant } from "../../permissions/grant.ts";
import { nameRules } from "../../names.ts";
import { numberOf, textOf } from "../workspace/document/document.reader.ts";
import { filesOf, type Files } from "../workspace/files/file.tree.ts";
import type { Json, JsonObject } from "../workspace/json.ts";
import { revisionOf } from "../workspace/merge/canonical.ts";
import { isObject } from "../workspace/merge/json.kinds.ts";
import { madeOnce } from "../workspace/merge/made.once.ts";
import type { StoredFunction } from "./sls-api.client.ts";

/** A function with all its files, and what tells this state of it from others. */
export interface ReadFunction {
  readonly name: string;
  readonly serverless: JsonObject;
  readonly files: Files;
  readonly revision: string;
  readonly runtime: string | undefined;
  readonly handler: string | undefined;
  readonly labels: JsonObject;
  readonly lunchbadgerId: string | undefined;
  readonly itemOrder: number | undefined;
}

/** The object in a field; empty where there is none. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

type Place = Pick<FunctionsGrant, "producer" | "env">;

/** What the cluster calls a function: one name for all producers. */
export function clusterName({ producer, env }: Place, name: string): string {
  return `fn-${producer}-${env}-${name}`;
}

/** The key of what a document deploys: the function's own name on the cluster, or whatever comes first. */
export function deployedKey(place: Place, name: string, serverless: JsonObject): string {
  const keys = Object.keys(objectOf(serverless["functions"]));
  const own = clusterName(place, name);
  return keys.includes(own) ? own : (keys[0] ?? own);
}

/** The document and the files as one value, to be remembered and compared. */
export function contentOf({ serverless, files }: Pick<ReadFunction, "serverless" | "files">): JsonObject {
  return { serverless, files: Object.fromEntries(files) };
}

const filesIn = madeOnce(({ files }: StoredFunction) => filesOf(files));
const revisionOfStored = madeOnce((stored: StoredFunction) =>
  revisionOf(contentOf({ serverless: stored.serverless, files: filesIn(stored) })),
);

/** Is told of a revision, and of what it is one of, when somebody asks for it. */
export type Tell = (revision: string, read: ReadFunction) => void;

class KeptFunction implements ReadFunction {
  readonly name: string;
  readonly #place: Place;
  readonly #stored: StoredFunction;
  readonly #tell: Tell;

  constructor(place: Place, name: string, stored: StoredFunction, tell: Tell) {
    this.name = name;
    this.#place = place;
    this.#stored = stored;
    this.#tell = tell;
  }

  get serverless() {
    return this.#stored.serverless;
  }

  get files() {
    return filesIn(this.#stored);
  }

  get revision() {
    const revision = revisionOfStored(this.#stored);
    this.#tell(revision, this);
    return revision;
  }

  get runtime() {
    return textOf(objectOf(this.serverless["provider"])["runtime"]);
  }

  get handler() {
    return textOf(this.#deployed()["handler"]);
  }

  get labels() {
    return objectOf(this.#deployed()["labels"]);
  }

  get lunchbadgerId() {
    return textOf(objectOf(this.serverless["lunchbadger"])["id"]);
  }

  get itemOrder() {
    return numberOf(objectOf(this.serverless["lunchbadger"])["itemOrder"]);
  }

  #deployed() {
    const { serverless } = this;
    return objectOf(objectOf(serverless["functions"])[deployedKey(this.#place, this.name, serverless)]);
  }
}

/** A function as it is kept under a name; what nobody asks for is not made. */
export function readFunction(
  place: Place,
  name: string,
  stored: StoredFunction,
  tell: Tell = () => undefined,
): ReadFunction {
  return new KeptFunction(place, name, stored, tell);
}

/** The name that a listed function says it has; undefined for a folder whose document tells none that functions have. */
export function nameIn({ serverless }: StoredFunction): string | undefined {
  const name = textOf(serverless["service"]);
  return name !== undefined && nameRules.FunctionName.accepts(name) ? name : undefined;
}

/** The canvas's order: by place, and by name where places are alike or not said. */
export function byPlace(one: ReadFunction, other: ReadFunction): number {
  const [first, second] = [one.itemOrder ?? Infinity, other.itemOrder ?? Infinity];
  if (first !== second) return first - second;
  return one.name < other.name ? -1 : 1;
}
