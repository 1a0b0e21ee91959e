import type { ReadModel } from "./model.reader.ts";

/** Models that LoopBack has itself: a project's own cannot have their names, but build on them. */
export const loopbackModels: readonly string[] = [
  "ACL",
  "AccessToken",
  "Application",
  "Change",
  "Checkpoint",
  "Email",
  "KeyValueModel",
  "Model",
  "PersistedModel",
  "Role",
  "RoleMapping",
  "Scope",
  "User",
];

/** How a model may be tied to another. */
export const relationTypes: readonly string[] = [
  "belongsTo",
  "embedsMany",
  "embedsOne",
  "hasAndBelongsToMany",
  "hasMany",
  "hasOne",
  "referencesMany",
];

/** The id of a model and of its config. */
export const modelId = (name: string) => `server.${name}`;

/**
 * What two names have in common that may share a file. The workspace spells the file's name in small letters, with
 * dashes of its own between words and digits; telling two apart that it would keep apart costs less than a model.
 */
const trace = (name: string) => name.replace(/[-_]/g, "").toLowerCase();

/** What a model's file is called. */
export const fileName = (path: string) => path.replace(/^.*\//, "").replace(/\.json$/, "");

/** The model whose file a new model of this name would be written over, if there is one. */
export function sharesFile<Model extends Pick<ReadModel, "name" | "configFile">>(
  name: string,
  models: Iterable<Model>,
): Model | undefined {
  return [...models].find(
    (model) => trace(model.name) === trace(name) || trace(fileName(model.configFile)) === trace(name),
  );
}
