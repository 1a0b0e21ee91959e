import { textOf, type Entity } from "./loopback.body.ts";
import { parsed, type Files } from "./project.disk.ts";
import { written } from "./project.template.ts";

/** The parts of a model that are kept inside its file. */
export const embeddedParts = ["properties", "validations", "relations", "acls", "methods"] as const;

const modelFile = /^server\/models\/[^/]+\.json$/;

/** Where a model is kept: names that differ only in case share a file. */
export function modelPath(name: string): string {
  const dashed = name
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .replace(/([a-zA-Z])(\d)/g, "$1-$2")
    .replace(/(\d)([a-zA-Z])/g, "$1-$2");
  return `server/models/${dashed.toLowerCase()}.json`;
}

/** The script beside a model's file. */
export function scriptPath(path: string): string {
  return path.replace(/\.json$/, ".js");
}

/** Every model's file, with what is in it. */
export function modelFiles(files: Files): { path: string; model: Entity }[] {
  const paths = [...files.keys()].filter((path) => modelFile.test(path));
  return paths.map((path) => ({ path, model: parsed(files, path) }));
}

/** The file of a model by its id; undefined when the project has no such model. */
export function fileOfModel(files: Files, id: string): string | undefined {
  return modelFiles(files).find(({ model }) => idOfModel(model) === id)?.path;
}

/** A file that has lost its name is listed under the facet's. */
export function idOfModel({ name }: Entity): string {
  return name === undefined ? "server" : `server.${textOf(name)}`;
}

/** One part of a model's file by name; {} when it has none. */
export function partOf(model: Entity, part: string): Entity {
  return { ...(model[part] as Entity | undefined) };
}

/** Changes one part of a file; a file that is gone by now comes back with nothing but that part. */
export function changePart(files: Files, path: string, part: string, change: (part: Entity) => Entity): void {
  const model = parsed(files, path);
  files.set(path, written({ ...model, [part]: change(partOf(model, part)) }));
}
