import { BadUserInput, type Problem } from "../../../errors.ts";
import type { JsonObject } from "../json.ts";
import { isObject } from "../merge/json.kinds.ts";
import { modelFileCheck } from "./model-file.rule.ts";
import { placeCheck, type PlacedFile } from "./file.places.ts";
import { objectIn, type Files } from "./file.tree.ts";

export { objectIn } from "./file.tree.ts";

/** A file as somebody wants it; no text deletes it. */
export interface WantedFile extends PlacedFile {
  /** Of the content that it is to replace. */
  readonly revision: string | undefined;
}

/** What stands against something, in words; undefined when nothing does. */
type Wrong = string | undefined;

/** Files of data sources: there is a secret in them in clear. */
export function holdsSecrets(path: string): boolean {
  return /^server\/datasources(?:\.[\w-]+)?\.json$/i.test(path);
}

const keptFiles = /^(?:lunchbadger\.json|package-lock\.json|yarn\.lock)$/i;
const keptNames = /^(?:node_modules|\.git.*|__proto__)$/i;
const configsFile = "server/model-config.json";
const neededFiles = ["package.json", configsFile];
const objectFiles = /^(?:package|(?:server|common)\/(?:models\/)?[^/]+)\.json$/;

/** What is wrong with the configuration of models. */
function problemOfConfigs(configs: JsonObject): string | undefined {
  const wrong = Object.keys(configs).find((name) => !isObject(configs[name]));
  return wrong === undefined ? undefined : `the entry ${wrong} must be an object`;
}

/** A check of texts that the workspace reads: one that it cannot read breaks all of it, and for good. */
function textCheck(wanted: readonly WantedFile[], files: Files): (path: string, text: string) => Wrong {
  const problemOfModel = modelFileCheck(wanted, files);
  return (path, text) => {
    if (!objectFiles.test(path) || files.get(path) === text) return undefined;
    const object = objectIn(text);
    if (!object) return "must be a JSON object: the workspace does not work with anything else in this file";
    return path === configsFile ? problemOfConfigs(object) : problemOfModel(path, object);
  };
}

/** What is wrong with a path whatever is there. */
function problemOfPath(path: string): Wrong {
  if (holdsSecrets(path)) return "holds secrets that are not shown: use saveDataSource";
  if (keptFiles.test(path) || path.split("/").some((name) => keptNames.test(name))) {
    return "is the workspace's own";
  }
  return undefined;
}

/** Refuses, naming each place, what the workspace could not do or would not survive. */
export function checkFiles(wanted: readonly WantedFile[], files: Files): void {
  const problemOf = placeCheck(wanted, files, problemOfPath);
  const problemOfText = textCheck(wanted, files);
  const problems = wanted.flatMap((file, index): Problem[] => {
    const ofPlace = problemOf(file);
    if (ofPlace !== undefined) return [{ field: `input.files.${index}.path`, message: ofPlace }];
    const isNeeded = file.text === undefined && neededFiles.includes(file.path);
    const ofText =
      file.text === undefined
        ? isNeeded && "cannot be deleted: the workspace does not work without it"
        : problemOfText(file.path, file.text);
    return ofText ? [{ field: `input.files.${index}.text`, message: ofText }] : [];
  });
  if (problems.length > 0) throw new BadUserInput(problems);
}
