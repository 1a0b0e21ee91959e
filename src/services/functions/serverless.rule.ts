import type { Problem } from "../../errors.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import type { Json, JsonObject } from "../workspace/json.ts";
import { isSame } from "../workspace/merge/canonical.ts";
import { isObject } from "../workspace/merge/json.kinds.ts";
import { platformLabels, type Content } from "./function.change.ts";
import { clusterName, deployedKey, objectOf } from "./function.reader.ts";
import { isOwn, ownLabels, reachProblems } from "./deployed.rule.ts";
import { runtimeOf, unknownRuntime } from "./runtimes.ts";

type Place = Pick<FunctionsGrant, "producer" | "env" | "environments">;

function labelProblems(place: Place, key: string, field: string, labels: JsonObject, before: JsonObject) {
  return Object.entries(ownLabels(place, key)).flatMap(([label, value]): Problem[] => {
    // The cluster itself gives those that a document need not have.
    if (!platformLabels.includes(label) && labels[label] === undefined) return [];
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
    return labelProblems(place, key, at, objectOf(value["labels"]), objectOf(known["labels"]));
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
  // What was there already is not made worse; it is refused when it is to be deployed.
  const there = new Set(reachProblems(before.serverless).map(({ field }) => field));
  return [
    ...fixedProblems(name, serverless, before.serverless),
    ...functionsProblems(place, name, serverless, before.serverless),
    ...reachProblems(serverless).filter(({ field }) => !there.has(field)),
    ...(isKnown || (typeof runtime === "string" && runtimeOf(runtime))
      ? []
      : [{ field: "input.serverless.provider.runtime", message: unknownRuntime }]),
  ];
}
