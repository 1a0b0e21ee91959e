import { projectFilePath, projectIn } from "../../services/project-file.ts";
import type { JsonObject } from "../../services/workspace/json.ts";
import { jsonObject } from "../../services/workspace/shapes.ts";
import type { Place } from "../names/object.names.ts";

/** What is saved of a project, or that it cannot be told. */
export type SavedProject =
  { readonly outcome: "read"; readonly document: JsonObject } | { readonly outcome: "unreadable" };

/** Deeper than anything that a canvas draws, and far from what a reader's stack holds. */
const deepest = 64;

function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap((each) =>
      typeof each === "object" && each !== null ? (Object.values(each) as unknown[]) : [],
    );
  }
  return false;
}

/**
 * A project by the file that it is saved in. Without a file, or without the project in it, it is empty; what is there
 * and makes no sense is never taken for that.
 */
export function savedProject({ producer, env }: Place, text: string | undefined): SavedProject {
  try {
    const document = text === undefined ? {} : (projectIn(text, `${producer}-${env}`) ?? {});
    return isDeep(document)
      ? { outcome: "unreadable" }
      : { outcome: "read", document: jsonObject.parse(document) };
  } catch {
    return { outcome: "unreadable" };
  }
}

/** In words for those who can mend it. */
export const unreadableWords = `${projectFilePath} is not as the platform writes it.`;
