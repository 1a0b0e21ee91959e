import { addressFrom } from "../../address-template.ts";
import { given, isEntryName } from "../../services/gateways/saved.config.ts";
import { platformEntry } from "../../services/gateways/running.config.ts";
import type { JsonObject } from "../../services/workspace/json.ts";
import type { Place } from "../names/object.names.ts";
import type { ActualizerSettings } from "../settings.ts";

/** A model of a project, as far as gateways lead to it. */
export interface ModelDefinition {
  /** The id on the canvas, where it has one. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly plural?: string | undefined;
  /** Where the model says itself that it is served. */
  readonly path?: string | undefined;
}

/** A function of a producer's, as far as it is deployed and gateways lead to it. */
export interface FunctionDefinition {
  /** The id on the canvas, where it has one. */
  readonly id?: string | undefined;
  readonly name: string;
  /** Which state of it is saved. */
  readonly revision?: string | undefined;
}

/** Entries by name, and what is wrong with those that are left out. */
export interface ReadEntries {
  readonly entries: ReadonlyMap<string, JsonObject>;
  readonly problems: readonly string[];
}

/** Names that a gateway can have things under, as it reads them. */
export const isOwnEntry = (id: string) => isEntryName(id) && id !== "__proto__";

function entriesOf<Thing extends { readonly id?: string | undefined; readonly name: string }>(
  noun: string,
  things: readonly Thing[],
  urlOf: (thing: Thing) => string | undefined,
): ReadEntries {
  const entries = new Map<string, JsonObject>();
  const problems: string[] = [];
  for (const thing of things) {
    const id = thing.id ?? thing.name;
    const url = urlOf(thing);
    if (url === undefined || !isOwnEntry(id))
      problems.push(`No gateway can lead to the ${noun} ${thing.name}.`);
    else entries.set(id, given({ friendlyName: thing.name, url }));
  }
  return { entries, problems };
}

const isPlainPath = (path: string) =>
  /^[\w.~!$&'()*+,;=:@%/-]+$/.test(path) && path.split("/").every((part) => part !== "." && part !== "..");

/** Where gateways reach a project's models. */
export function modelEntries(
  models: readonly ModelDefinition[],
  { producer, env }: Place,
  { modelUrl }: Pick<ActualizerSettings, "modelUrl">,
): ReadEntries {
  const base = addressFrom(modelUrl, producer, env);
  return entriesOf("model", models, ({ path, plural, name }) => {
    const said = [path, plural].find((each) => each !== undefined && each !== "") ?? name;
    const below = said.replace(/^\/+/, "");
    return isPlainPath(below) ? `${base}/${below}` : undefined;
  });
}

/** Where gateways reach a producer's functions. */
export function functionEntries(
  functions: readonly FunctionDefinition[],
  { producer, env }: Place,
  { namespace }: Pick<ActualizerSettings, "namespace">,
): ReadEntries {
  return entriesOf("function", functions, ({ name }) =>
    // What is called otherwise cannot be deployed: it would be no name on the cluster.
    /^[a-z0-9]{1,40}$/i.test(name) ? `http://fn-${producer}-${env}-${name}.${namespace}:8080` : undefined,
  );
}

/** What gateways may lead to without it being drawn: models and functions. */
export interface PlatformEntries {
  readonly entries: ReadonlyMap<string, JsonObject>;
  /** Whether each gateway has all of them, for any pipeline to lead to, or only those that its own lead to. */
  readonly isGivenWhole: boolean;
}

/** More than a project has models and functions for; each of its gateways would have all of them once more. */
const mostGivenBytes = 16_000;

/** Models and functions together; of those with one id the model counts. */
export function platformEntries(models: ReadEntries, functions: ReadEntries): PlatformEntries {
  const others = [...functions.entries].filter(([id]) => !models.entries.has(id));
  const entries = new Map([...models.entries, ...others]);
  const isGivenWhole = Buffer.byteLength(JSON.stringify([...entries])) <= mostGivenBytes;
  return { entries, isGivenWhole };
}

/** What every gateway has besides what is saved: where it listens, and the way to its own administration. */
export function withAdministration(
  {
    policies,
    apiEndpoints,
    serviceEndpoints,
    pipelines,
  }: Readonly<Record<"apiEndpoints" | "serviceEndpoints" | "pipelines", JsonObject>> & {
    readonly policies: readonly string[];
  },
  adminHost: string,
  { adminOrigin }: Pick<ActualizerSettings, "adminOrigin">,
): JsonObject {
  const step = (action: JsonObject) => [{ action }];
  const administration = {
    apiEndpoints: [platformEntry],
    policies: [
      { cors: step({ credentials: true, origin: adminOrigin }) },
      { proxy: step({ changeOrigin: true, serviceEndpoint: platformEntry }) },
    ],
  };
  return {
    http: { host: "*", port: 8080 },
    admin: { hostname: "0.0.0.0", port: 9876 },
    policies: [...new Set([...policies, "cors", "proxy"])],
    apiEndpoints: { ...apiEndpoints, [platformEntry]: { host: adminHost } },
    serviceEndpoints: { ...serviceEndpoints, [platformEntry]: { url: "http://localhost:9876" } },
    pipelines: { ...pipelines, [platformEntry]: administration },
  };
}
