import { BadUserInput, type Problem } from "../../../errors.ts";
import type { Json } from "../json.ts";
import { isObject } from "../merge/json.kinds.ts";
import { placeCheck, type PlacedFile } from "./file.places.ts";
import type { Files } from "./file.tree.ts";

/** A file as somebody wants it; no text deletes it. */
export interface WantedFile extends PlacedFile {
  /** Of the content that it is to replace. */
  readonly revision: string | undefined;
}

/** Files of data sources: there is a secret in them in clear. */
export function holdsSecrets(path: string): boolean {
  return /^server\/datasources(?:\.[\w-]+)?\.json$/i.test(path);
}

const keptFiles = /^(?:lunchbadger\.json|package-lock\.json|yarn\.lock)$/i;
const keptNames = /^(?:node_modules|\.git.*|__proto__)$/i;
const neededFiles = ["package.json", "server/model-config.json"];
const objectFiles = /^(?:package|(?:server|common)\/(?:models\/)?[^/]+)\.json$/;
const modelFiles = /^(?:server|common)\/models\/[^/]+\.json$/;

/** The object that a text is the JSON of; undefined when it is none. */
export function objectIn(text: string): Readonly<Record<string, Json>> | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with a text: one that the workspace cannot read breaks all of it, and for good. */
function problemOfText(path: string, text: string): string | undefined {
  if (!objectFiles.test(path)) return undefined;
  const object = objectIn(text);
  if (!object) return "must be a JSON object: the workspace does not work with anything else in this file";
  if (!modelFiles.test(path)) return undefined;
  const { name } = object;
  return typeof name === "string" && name !== "" ? undefined : "must have the model's `name`";
}

/** What is wrong with a path whatever is there. */
function problemOfPath(path: string): string | undefined {
  if (holdsSecrets(path)) return "holds secrets that are not shown: use saveDataSource";
  if (keptFiles.test(path) || path.split("/").some((name) => keptNames.test(name))) {
    return "is the workspace's own";
  }
  return undefined;
}

/** Refuses, naming each place, what the workspace could not do or would not survive. */
export function checkFiles(wanted: readonly WantedFile[], files: Files): void {
  const problemOf = placeCheck(wanted, files, problemOfPath);
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
