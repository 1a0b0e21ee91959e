import type { Json, JsonObject } from "../json.ts";
import { isObject } from "../merge/json.kinds.ts";

/** A model's file and its script: what the Workspace API cannot write is only there. */
export interface ModelFiles {
  readonly definition: string | undefined;
  readonly script: string | undefined;
}

const scriptPath = (configFile: string) => configFile.replace(/\.json$/, ".js");

function fileIn(tree: JsonObject, path: string): string | undefined {
  const found = path
    .split("/")
    .reduce<Json | undefined>((place, name) => (isObject(place) ? place[name] : undefined), tree);
  return typeof found === "string" ? found : undefined;
}

/** The files of a model as they are in the tree of all files. */
export function filesOf(configFile: string, tree: JsonObject): ModelFiles {
  return { definition: fileIn(tree, configFile), script: fileIn(tree, scriptPath(configFile)) };
}

/** A tree of nothing but a model's files: null deletes one, and one that is undefined is left alone. */
export function treeOf(
  configFile: string,
  files: Readonly<Record<keyof ModelFiles, string | null | undefined>>,
): JsonObject {
  const folders = configFile.split("/").slice(0, -1);
  const name = (path: string) => path.split("/").at(-1) ?? path;
  const leaves = Object.fromEntries([
    ...(files.definition === undefined ? [] : [[name(configFile), files.definition]]),
    ...(files.script === undefined ? [] : [[name(scriptPath(configFile)), files.script]]),
  ]) as JsonObject;
  return folders.reduceRight<JsonObject>((inside, folder) => ({ [folder]: inside }), leaves);
}

/** The script that the workspace gives a new model, but for white space and the model's name. */
const blankScript = /^\s*'use strict';\s*module\.exports\s*=\s*function\s*\(\w+\)\s*\{\s*\};\s*$/;

/** Whether somebody has written something into a script. */
export function isWritten(script: string | undefined): script is string {
  return script !== undefined && !blankScript.test(script);
}

/** A model's file with the parts of another that only files can hold. */
export function withFileParts(own: string, other: string): string {
  const { validations, acls } = JSON.parse(other) as JsonObject;
  const parts = Object.entries({ validations, acls }).filter(([, part]) => part !== undefined);
  return JSON.stringify({ ...(JSON.parse(own) as JsonObject), ...Object.fromEntries(parts) }, undefined, 2);
}
