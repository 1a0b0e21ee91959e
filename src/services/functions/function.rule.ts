import { BadUserInput, type Problem } from "../../errors.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import { placeCheck } from "../workspace/files/file.places.ts";
import type { Files } from "../workspace/files/file.tree.ts";
import type { Json, JsonObject } from "../workspace/json.ts";
import { isSame } from "../workspace/merge/canonical.ts";
import { isObject } from "../workspace/merge/json.kinds.ts";
import { platformLabels, type Content, type FunctionChange } from "./function.change.ts";
import { clusterName, deployedKey, objectOf } from "./function.reader.ts";
import { runtimeOf, unknownRuntime } from "./runtimes.ts";

type Place = Pick<FunctionsGrant, "producer" | "env">;

const handlerForm = /^[\w-]+(?:\/[\w-]+)*\.[A-Za-z_$][\w$]*$/;
const longestHandler = 200;
const documentFiles = /^serverless\.(?:ya?ml|json|js|ts)$/i;
const keptNames = /^(?:node_modules|\.serverless|\.git.*|__proto__)$/i;

/** What Kubernetes takes for the name of an object that has an address. */
const clusterForm = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Refuses what has problems. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new BadUserInput(problems);
}

/** What is wrong with a function's files whatever is there. */
function problemOfPath(path: string): string | undefined {
  if (documentFiles.test(path)) return "is the function's document: say `serverless`, or its fields, instead";
  if (path.split("/").some((name) => keptNames.test(name))) return "is the platform's own";
  return undefined;
}

/** What is wrong with the files of a change to a function that has these. */
export function fileProblems({ files: wanted }: FunctionChange, files: Files): readonly Problem[] {
  const problemOf = placeCheck(wanted, files, problemOfPath);
  return wanted.flatMap((file, index) => {
    const message = problemOf(file);
    return message === undefined ? [] : [{ field: `input.files.${index}.path`, message }];
  });
}

/** What is wrong with the fields of a change whatever is there. */
export function fieldProblems({ runtime, handler, labels }: FunctionChange): readonly Problem[] {
  const problems: Problem[] = [];
  if (runtime !== undefined && !runtimeOf(runtime)) {
    problems.push({ field: "input.runtime", message: unknownRuntime });
  }
  if (handler !== undefined && (!handlerForm.test(handler) || handler.length > longestHandler)) {
    const message = "must be a file without its ending, a dot and the name of what is exported: handler.fn";
    problems.push({ field: "input.handler", message });
  }
  for (const [label, value] of Object.entries(labels ?? {})) {
    const field = `input.labels.${label}`;
    if (platformLabels.includes(label)) problems.push({ field, message: "is the platform's own" });
    else if (typeof value !== "string") problems.push({ field, message: "must be a text" });
  }
  return problems;
}

/** Whether something on the cluster, which is one for all, may belong to this function of this producer's. */
function isOwn({ producer }: Place, name: string, key: string): boolean {
  const [start, end] = [`fn-${producer}-`, `-${name}`];
  if (!key.startsWith(start) || !key.endsWith(end)) return false;
  return /^[a-z][a-z0-9]*$/.test(key.slice(start.length, -end.length));
}

function labelProblems(place: Place, field: string, labels: JsonObject, before: JsonObject) {
  const fixed: Readonly<Record<string, string>> = {
    producer: place.producer,
    env: place.env,
    app: "kubeless-fn",
  };
  return Object.entries(fixed).flatMap(([label, value]): Problem[] => {
    if (labels[label] === value || isSame(labels[label], before[label])) return [];
    return [
      {
        field: `${field}.labels.${label}`,
        message: `must be ${value}: the platform finds the function by it`,
      },
    ];
  });
}

/** What is wrong with what a document deploys: without anything it is not kept, and what is another's is not touched. */
function functionsProblems(place: Place, name: string, document: JsonObject, before: JsonObject): Problem[] {
  const field = "input.serverless.functions";
  const functions = document["functions"];
  if (!isObject(functions) || Object.keys(functions).length === 0) {
    return [{ field, message: `must name what is deployed: ${clusterName(place, name)}` }];
  }
  const there = objectOf(before["functions"]);
  return Object.entries(functions).flatMap(([key, value]: [string, Json]): Problem[] => {
    const at = `${field}.${key}`;
    if (!isOwn(place, name, key) && !Object.hasOwn(there, key)) {
      return [{ field: at, message: `must be ${clusterName(place, name)}: other names belong to others` }];
    }
    if (!isObject(value)) return [{ field: at, message: "must be an object" }];
    const known = objectOf(there[key] ?? there[deployedKey(place, name, before)]);
    return labelProblems(place, at, objectOf(value["labels"]), objectOf(known["labels"]));
  });
}

/** What no change may make different: whose it is, and what deploys it where. */
function fixedProblems(name: string, document: JsonObject, before: JsonObject): Problem[] {
  const fixed = [
    ["service", document["service"], before["service"] ?? name],
    [
      "provider.name",
      objectOf(document["provider"])["name"],
      objectOf(before["provider"])["name"] ?? "kubeless",
    ],
    [
      "provider.namespace",
      objectOf(document["provider"])["namespace"],
      objectOf(before["provider"])["namespace"],
    ],
    ["plugins", document["plugins"], before["plugins"]],
  ] as const;
  return fixed
    .filter(([, wanted, there]) => !isSame(wanted, there))
    .map(([field]) => ({ field: `input.serverless.${field}`, message: "cannot be changed" }));
}

/** What is wrong with the document that a function would have. */
export function documentProblems(
  place: Place,
  name: string,
  wanted: Content,
  before: Content,
): readonly Problem[] {
  const { serverless } = wanted;
  if (isSame(serverless, before.serverless) && Object.keys(objectOf(serverless["functions"])).length > 0)
    return [];
  const runtime = objectOf(serverless["provider"])["runtime"];
  const isKnown = isSame(runtime, objectOf(before.serverless["provider"])["runtime"]);
  return [
    ...fixedProblems(name, serverless, before.serverless),
    ...functionsProblems(place, name, serverless, before.serverless),
    ...(isKnown || (typeof runtime === "string" && runtimeOf(runtime))
      ? []
      : [{ field: "input.serverless.provider.runtime", message: unknownRuntime }]),
  ];
}

/** What is wrong with a name for a function that is to be deployed: the cluster takes fewer than JavaScript does. */
export function deployableProblems(place: Place, name: string): readonly Problem[] {
  const own = clusterName(place, name);
  if (clusterForm.test(own)) return [];
  const message = `cannot be deployed: it would be ${own} on the cluster, which takes lower-case letters, digits and dashes, 63 at most`;
  return [{ field: "input.name", message }];
}

/** What is wrong with deploying a document that somebody pushed: it may not replace what is another's. */
export function foreignProblems(place: Place, name: string, serverless: JsonObject): readonly Problem[] {
  return Object.keys(objectOf(serverless["functions"]))
    .filter((key) => !isOwn(place, name, key))
    .map((key) => ({
      field: "input.name",
      message: `its document would deploy ${key}, which is not its own`,
    }));
}
