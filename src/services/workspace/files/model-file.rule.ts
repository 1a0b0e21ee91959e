import type { Json, JsonObject } from "../json.ts";
import { isList, isObject } from "../merge/json.kinds.ts";
import { fileName, sharesFile } from "../models/model.names.ts";
import type { PlacedFile } from "./file.places.ts";
import { objectIn, type Files } from "./file.tree.ts";

/** A model as its file says, as far as models are told apart by it. */
interface FiledModel {
  readonly name: string;
  readonly configFile: string;
}

const modelFiles = /^(?:server|common)\/models\/[^/]+\.json$/;

const isObjectOfObjects = (value: Json) => isObject(value) && Object.values(value).every(isObject);
const isListOfObjects = (value: Json) => isList(value) && value.every(isObject);

/** What the workspace goes through in a model's file: where it finds anything else, it reads no model at all. */
const parts: Readonly<Record<string, (value: Json) => boolean>> = {
  properties: isObjectOfObjects,
  relations: isObjectOfObjects,
  methods: isObjectOfObjects,
  validations: isListOfObjects,
  acls: isListOfObjects,
};

const kindOf = (part: string) =>
  parts[part] === isListOfObjects ? "a list of objects" : "an object of objects";

function problemOfParts(model: JsonObject): string | undefined {
  const wrong = Object.entries(parts).find(([part, accepts]) => {
    const value = model[part];
    return value !== undefined && !accepts(value);
  });
  return wrong && `its \`${wrong[0]}\` must be ${kindOf(wrong[0])}`;
}

const nameIn = (text: string | undefined): Json | undefined =>
  text === undefined ? undefined : objectIn(text)?.["name"];

/** The models that there will be when the files are written. */
function modelsAfter(wanted: readonly PlacedFile[], files: Files): readonly FiledModel[] {
  const after = new Map([...files, ...wanted.map(({ path, text }) => [path, text] as const)]);
  return [...after].flatMap(([configFile, text]) => {
    if (!modelFiles.test(configFile)) return [];
    const name = nameIn(text);
    return typeof name === "string" ? [{ name, configFile }] : [];
  });
}

/**
 * A check of whether the workspace can read a model's file, and tell its model from those of the others. A name that
 * the file has already is not looked at, however odd it is.
 */
export function modelFileCheck(
  wanted: readonly PlacedFile[],
  files: Files,
): (path: string, model: JsonObject) => string | undefined {
  let models: readonly FiledModel[] | undefined;
  return (path, model) => {
    if (!modelFiles.test(path)) return undefined;
    const { name } = model;
    if (typeof name !== "string" || name === "") return "must have the model's `name`";
    const wrong = problemOfParts(model);
    if (wrong !== undefined || nameIn(files.get(path)) === name) return wrong;
    models ??= modelsAfter(wanted, files);
    const others = models.filter(({ configFile }) => configFile !== path);
    const other = sharesFile(name, others) ?? sharesFile(fileName(path), others);
    return other && `a model ${name} would be taken for ${other.name} in ${other.configFile}`;
  };
}
