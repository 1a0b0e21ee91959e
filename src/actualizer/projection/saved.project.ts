import { projectFilePath, projectIn } from "../../services/project-file.ts";
import { listOf } from "../../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../../services/workspace/json.ts";
import { jsonObject } from "../../services/workspace/shapes.ts";
import type { Place } from "../names/object.names.ts";
import { mostOf } from "./project.bounds.ts";

/** What is saved of a project, or why that cannot be told, in words for those who can mend it. */
export type SavedProject =
  | { readonly outcome: "read"; readonly document: JsonObject }
  | { readonly outcome: "unreadable"; readonly problem: string };

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

/** How many things a document has that gateways are made of. */
function entriesIn(document: JsonObject): number {
  const own = ["gateways", "connections", "apis", "apiEndpoints", "serviceEndpoints"].map(
    (list) => listOf(document, list).length,
  );
  const inner = [
    ...listOf(document, "gateways").map((each) => listOf(each, "pipelines").length),
    ...listOf(document, "apis").map((each) => listOf(each, "apiEndpoints").length),
  ];
  return [...own, ...inner].reduce((sum, each) => sum + each, 0);
}

const unreadable = (because: string): SavedProject => ({
  outcome: "unreadable",
  problem: `${projectFilePath} ${because}.`,
});

/**
 * A project by the file that it is saved in. Without a file, or without the project in it, it is empty; what is there
 * and makes no sense, or is more than anybody draws, is never taken for that.
 */
export function savedProject({ producer, env }: Place, text: string | undefined): SavedProject {
  if (text !== undefined && Buffer.byteLength(text) > mostOf.documentBytes)
    return unreadable(`has more than ${mostOf.documentBytes} bytes`);
  try {
    const document = text === undefined ? {} : (projectIn(text, `${producer}-${env}`) ?? {});
    if (isDeep(document)) return unreadable("is not as the platform writes it");
    const read = jsonObject.parse(document);
    return entriesIn(read) > mostOf.entries
      ? unreadable(`has more than ${mostOf.entries} gateways, pipelines, connections and endpoints`)
      : { outcome: "read", document: read };
  } catch {
    return unreadable("is not as the platform writes it");
  }
}
