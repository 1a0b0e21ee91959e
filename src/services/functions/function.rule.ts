import { BadUserInput, type Problem } from "../../errors.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import { placeCheck } from "../workspace/files/file.places.ts";
import type { Files } from "../workspace/files/file.tree.ts";
import { platformLabels, type FunctionChange } from "./function.change.ts";
import { clusterName } from "./function.reader.ts";
import { runtimeOf, unknownRuntime } from "./runtimes.ts";

type Place = Pick<FunctionsGrant, "producer" | "env">;

const handlerForm = /^[\w-]+(?:\/[\w-]+)*\.[A-Za-z_$][\w$]*$/;
const longestHandler = 200;
const documentFiles = /^serverless\.(?:ya?ml|json|js|ts)$/i;
const keptNames = /^(?:node_modules|\.serverless|\.git.*|__proto__)$/i;

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

/** What Kubernetes takes for the name of an object that has an address. */
const clusterForm = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** What is wrong with a name for a function that is to be deployed: the cluster takes fewer than JavaScript does. */
export function deployableProblems(place: Place, name: string): readonly Problem[] {
  const own = clusterName(place, name);
  if (clusterForm.test(own)) return [];
  const message = `cannot be deployed: it would be ${own} on the cluster, which takes lower-case letters, digits and dashes, 63 at most`;
  return [{ field: "input.name", message }];
}
