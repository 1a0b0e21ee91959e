import { UpstreamRejected, type Problem } from "../../errors.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import type { Json, JsonObject } from "../workspace/json.ts";
import { objectOf } from "./function.reader.ts";
import { upstreamName } from "./sls-api.answer.ts";

type Place = Pick<FunctionsGrant, "producer" | "env" | "environments">;

/** The environment in the name of something on the cluster, if it is one of those that the function is kept for. */
function ownEnvironment(place: Place, name: string, key: string): string | undefined {
  const { producer, environments = [place.env] } = place;
  const [start, end] = [`fn-${producer}-`, `-${name}`];
  if (!key.startsWith(start) || !key.endsWith(end)) return undefined;
  const env = key.slice(start.length, -end.length);
  return environments.includes(env) ? env : undefined;
}

/** Whether something on the cluster may belong to this function of this producer's. */
export function isOwn(place: Place, name: string, key: string): boolean {
  return ownEnvironment(place, name, key) !== undefined;
}

/** The fields of a provider that say what is run and how much of the cluster it gets, and nothing else. */
const providerFields = ["name", "runtime", "namespace", "memorySize", "timeout", "cpu"];

const isText = (value: Json) => ["string", "number", "boolean"].includes(typeof value);

/** Values that the command line would put something else in the place of: files, and variables of its own process. */
function variableProblems(value: Json, field: string): readonly Problem[] {
  if (typeof value === "string") {
    return value.includes("${") ? [{ field, message: "must not have variables in it" }] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]: [string, Json]) =>
    variableProblems(each, `${field}.${key}`),
  );
}

/** Files that are packed with a function, from outside its folder. */
function packageProblems(value: Json | undefined, field: string): readonly Problem[] {
  if (typeof value === "string") {
    const isInside = !/^!?[/~]/.test(value) && !value.split(/[/\\]/).includes("..");
    return isInside ? [] : [{ field, message: "must stay in the function's folder" }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]: [string, Json]) =>
    packageProblems(each, `${field}.${key}`),
  );
}

function functionProblems(deployed: JsonObject, field: string): readonly Problem[] {
  const owned = ["namespace", "secrets"].filter((key) => Object.hasOwn(deployed, key));
  return [
    ...owned.map((key) => ({ field: `${field}.${key}`, message: "is not a function's to say" })),
    ...Object.entries(objectOf(deployed["environment"]))
      .filter(([, value]) => !isText(value))
      .map(([key]) => ({ field: `${field}.environment.${key}`, message: "must be a text" })),
    ...packageProblems(deployed["package"], `${field}.package`),
  ];
}

/** What of a document reaches beyond the function itself when it is deployed or taken back. */
export function reachProblems(serverless: JsonObject, field = "input.serverless"): readonly Problem[] {
  const provider = Object.keys(objectOf(serverless["provider"])).filter(
    (key) => !providerFields.includes(key),
  );
  return [
    ...provider.map((key) => ({ field: `${field}.provider.${key}`, message: "is not a function's to say" })),
    ...Object.entries(objectOf(serverless["functions"])).flatMap(([key, value]: [string, Json]) =>
      functionProblems(objectOf(value), `${field}.functions.${key}`),
    ),
    ...packageProblems(serverless["package"], `${field}.package`),
    ...variableProblems(serverless, field),
  ];
}

/** The labels by which the platform and the cluster find what runs, as they are to be. */
export function ownLabels({ producer, env }: Place, key: string): Readonly<Record<string, string>> {
  return { producer, env, app: "kubeless-fn", function: key, "created-by": "kubeless" };
}

function pushedLabels(place: Place, name: string, serverless: JsonObject): readonly string[] {
  return Object.entries(objectOf(serverless["functions"])).flatMap(([key, value]: [string, Json]) => {
    const labels = objectOf(objectOf(value)["labels"]);
    const own = ownLabels({ ...place, env: ownEnvironment(place, name, key) ?? place.env }, key);
    return Object.entries(own)
      .filter(([label, wanted]) => Object.hasOwn(labels, label) && labels[label] !== wanted)
      .map(([label, wanted]) => `functions.${key}.labels.${label} must be ${wanted}`);
  });
}

/** What a document names as running it: on any other than the platform's own, somebody else's code does. */
function runnerProblems(serverless: JsonObject): readonly string[] {
  const { name = "kubeless" } = objectOf(serverless["provider"]);
  const { plugins = [] } = serverless;
  const isKnown = Array.isArray(plugins) && plugins.every((plugin) => plugin === "serverless-kubeless");
  return [
    ...(name === "kubeless" ? [] : ["provider.name must be kubeless"]),
    ...(isKnown ? [] : ["plugins must be the platform's own"]),
  ];
}

/**
 * What is wrong with doing something on the cluster with a document that anybody may have pushed: it may touch nothing
 * that is another's. What is only taken back need not be fit to be deployed.
 */
export function pushedProblems(
  place: Place,
  name: string,
  serverless: JsonObject,
  purpose: "deploy" | "takeBack",
): readonly Problem[] {
  const field = "input.name";
  const doing = purpose === "deploy" ? "deploy" : "take back";
  const foreign = Object.keys(objectOf(serverless["functions"])).filter((key) => !isOwn(place, name, key));
  const { service = name } = serverless;
  const unfit = [
    ...reachProblems(serverless, "").map((each) => `${each.field.slice(1)} ${each.message}`),
    ...runnerProblems(serverless),
    ...(purpose === "deploy" ? pushedLabels(place, name, serverless) : []),
    ...(purpose === "deploy" && service !== name ? [`service must be ${name}`] : []),
  ];
  return [
    ...foreign.map((key) => ({
      field,
      message: `its document would ${doing} ${key}, which is not its own`,
    })),
    ...unfit.map((words) => ({ field, message: `its document cannot be used to ${doing} it: ${words}` })),
  ];
}

/** Refuses to take back, in the turn for it, what a document calls its own and is not. */
export function refuseForeign(place: Place, name: string, serverless: JsonObject): void {
  const [problem] = pushedProblems(place, name, serverless, "takeBack");
  if (problem) throw new UpstreamRejected(upstreamName, `${name} stays as it is: ${problem.message}.`);
}
